"""The ids of the choices (buttons) that a person can take, and how to read one back.

A choice is `{id, title}`. The ids are the same at every door:

| id | meaning |
|---|---|
| `topic:<theme>/<topic>` | answer exactly this topic |
| `theme:<theme>` | show what this theme can answer |
| `language:<fr, nl or en>` | go on in this language |
| `activities:list`, `activities:more` | the group activities from the first on; the next ones of the list |
| `activity:<id>` | all about one group activity |
| `feedback:up`, `feedback:down` | was the last answer of use |
| `human` | a counsellor |
| `handoff:cancel`, `handoff:wait/<language>` | wait no longer; wait for a counsellor who speaks this |
| `callback:start`, `callback:way/email` ... | the callback form: begin, answer, correct, end (`_CALLBACK`) |
| `score:1` to `score:5` | how the talk with the counsellor was |
| `none` | none of the offered topics |
| `help` | what can be asked here |
| `restart` | start again |
| `start`, `start:<theme>` | the greeting, where a person begins by a button; with the questions of a theme |
| `erase`, `erase:yes` | ask whether everything of the person should be erased; erase it (where a door has no menu) |
| `received:<what>` | not taken, but noted by a door: something came that nobody can read (`RECEIVED`) |
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.foundation.languages import LANGUAGES

HUMAN = "human"
NONE_OF_THESE = "none"
HELP = "help"
RESTART = "restart"
START = "start"
ERASE, ERASE_NOW = "erase", "erase:yes"
ACTIVITIES = "activities:list"
MORE_ACTIVITIES = "activities:more"

CALL_BACK = "callback:start"

_BARE = frozenset({HUMAN, NONE_OF_THESE, HELP, RESTART, START, ERASE})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_TOPIC = re.compile(r"[a-z][a-z0-9_]{0,40}/[a-z][a-z0-9_]{0,60}")
_ACTIVITY = re.compile(r"[A-Za-z0-9-]{1,64}")
_HANDOFF = re.compile(rf"cancel|wait/(?:{'|'.join(LANGUAGES)})")
_CALLBACK = re.compile(
    r"start|resume|back|correct|cancel|refuse|send|withdraw"
    r"|change/(?:name|way|address|when|question|language)"
    r"|way/(?:email|telephone|video)"
    r"|when/(?:any|morning|afternoon|thursday)"
    rf"|language/(?:{'|'.join(LANGUAGES)})"
)
_SCORE = re.compile(r"[1-5]")
RECEIVED = frozenset(
    {"image", "video", "audio", "file", "location", "sticker", "link", "other", "empty", "gone", "unsent"}
)
_MAX_LENGTH = 128


class InvalidChoice(ValueError):
    """The id is none of the known forms. A retry does not help."""


@dataclass(frozen=True)
class ChoiceId:
    """A choice id taken apart: `kind` is the part before the colon, `value` the rest or empty."""

    kind: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" if self.value else self.kind


def read_choice(raw: object) -> ChoiceId:
    """Take an id apart. Raises InvalidChoice for anything that is not one of the table's forms."""
    if not isinstance(raw, str) or len(raw) > _MAX_LENGTH:
        raise InvalidChoice("not a choice id")
    kind, _, value = raw.partition(":")
    known = (
        (raw in _BARE)
        or (kind == "topic" and _TOPIC.fullmatch(value))
        or (kind == "theme" and _NAME.fullmatch(value))
        or (kind == "start" and _NAME.fullmatch(value))
        or (kind == "erase" and value == "yes")
        or (kind == "received" and value in RECEIVED)
        or (kind == "language" and value in LANGUAGES)
        or (kind == "activities" and value in {"list", "more"})
        or (kind == "activity" and _ACTIVITY.fullmatch(value))
        or (kind == "handoff" and _HANDOFF.fullmatch(value))
        or (kind == "callback" and _CALLBACK.fullmatch(value))
        or (kind == "score" and _SCORE.fullmatch(value))
        or (kind == "feedback" and value in {"up", "down"})
    )
    if not known:
        raise InvalidChoice("not a choice id")
    return ChoiceId(kind, value)


def topic_choice(topic: str) -> str:
    """The id that answers this topic, as in `topic:guidance/become_nurse`."""
    return f"topic:{topic}"


def theme_choice(theme: str) -> str:
    """The id that shows what a theme can answer, as in `theme:guidance`."""
    return f"theme:{theme}"


def activity_choice(activity: str) -> str:
    """The id that tells all about one activity, by its id in the agenda."""
    return f"activity:{activity}"


def language_choice(language: str) -> str:
    """The id that goes on in a language, as in `language:nl`."""
    return f"language:{language}"


def received_choice(what: str) -> str:
    """The id that notes what came, as in `received:image`."""
    return f"received:{what}"
