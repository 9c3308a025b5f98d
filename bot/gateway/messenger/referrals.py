"""Reads the `ref` of m.me links and advertisements: a language, a topic, or both.

For example `https://m.me/<page>?ref=lang-nl.topic-centre-opening_hours`.

| part of a ref | meaning |
|---|---|
| `nl`, `lang-nl`, `language:nl` | go on in this language |
| `topic-<theme>-<topic>`, `topic:<theme>/<topic>` | answer this topic |
| `theme-<theme>`, `activities`, `human`, `help` | as the buttons of these names |

Parts are divided by a full stop, a comma or a plus. What is none of these is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.foundation.choices import ACTIVITIES, HELP, HUMAN, InvalidChoice, read_choice, theme_choice, topic_choice
from bot.foundation.languages import LANGUAGES

_LONGEST = 2083  # Meta's limit
_DIVIDED = re.compile(r"[.,+\s]+")
_LANGUAGE = re.compile(rf"(?:lang(?:uage)?[-_:=])?({'|'.join(LANGUAGES)})(?:[-_](?:be|fr|nl|gb|us))?", re.IGNORECASE)
_TOPIC = re.compile(r"topic[-_:=]([a-z][a-z0-9]*)[-/]([a-z][a-z0-9_-]*)")
_THEME = re.compile(r"theme[-_:=]([a-z][a-z0-9_]*)")
_BARE = {"activities": ACTIVITIES, "human": HUMAN, "help": HELP}


@dataclass(frozen=True)
class Ref:
    """What a link asks for; None where it says nothing."""

    language: str | None = None
    choice: str | None = None


def read_ref(raw: object) -> Ref:
    """The language and the choice of a ref; both None for anything that is not ours."""
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        return Ref()
    language: str | None = None
    choice: str | None = None
    for part in _DIVIDED.split(raw):
        found = _LANGUAGE.fullmatch(part)
        if found:
            language = language or found[1].lower()
        else:
            choice = choice or _choice(part)
    return Ref(language, choice)


def _choice(part: str) -> str | None:
    topic, theme = _TOPIC.fullmatch(part), _THEME.fullmatch(part)
    if topic:
        wanted = topic_choice(f"{topic[1]}/{topic[2].replace('-', '_')}")
    elif theme:
        wanted = theme_choice(theme[1])
    else:
        wanted = _BARE.get(part, "")
    try:
        return str(read_choice(wanted))
    except InvalidChoice:
        return None
