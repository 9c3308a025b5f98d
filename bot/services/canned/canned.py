"""Reads `data/desk/canned.yml` and fills the replies in. Used by the desk and by `faqbot check`.

A reply may hold the names of `data/centre.yml` and those of `FILLED_AT_THE_DESK`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.foundation.yaml_files import Mapping as YamlMapping
from bot.foundation.yaml_files import YamlFileError, read_entries
from bot.services.content.model import Words
from bot.services.content.word_entries import read_words

CANNED_FILE = Path("desk") / "canned.yml"
#: The counsellor's shown name; the person's name and the reference of their callback where they have left them;
#: the address of the page with the group activities.
COUNSELLOR, VISITOR, REFERENCE, LINK = "counsellor", "visitor", "reference", "link"
FILLED_AT_THE_DESK = frozenset({COUNSELLOR, VISITOR, REFERENCE, LINK})
#: Longer ones are read by nobody; the box takes four times as much.
LONGEST_TEXT, LONGEST_TITLE = 1000, 40

_KEY = re.compile(r"[a-z][a-z0-9_]{1,15}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KEYS = frozenset({"title", "text"})


@dataclass(frozen=True)
class CannedReply:
    """`key` is typed as `/key`. `lines` says where title and text stand."""

    key: str
    title: Words
    text: Words
    lines: Mapping[str, int]


@dataclass(frozen=True)
class Ready:
    """A reply in one language with everything filled in."""

    key: str
    title: str
    text: str


def read_canned(path: Path) -> tuple[CannedReply, ...]:
    """All replies of a file, in its order; none when there is no file. Raises YamlFileError with file and line."""
    entries = read_entries(path, "canned", "ready-made reply")
    return tuple(_entry(path, entries, key) for key in entries) if entries else ()


def faults_of_canned(entries: Iterable[CannedReply], centre: Collection[str]) -> list[tuple[int, str]]:
    """Line and words for each placeholder that nobody fills in, and for each brace without its partner."""
    known, found = {*centre, *FILLED_AT_THE_DESK}, []
    for entry in entries:
        for part, words in (("title", entry.title), ("text", entry.text)):
            allowed = known if part == "text" else frozenset[str]()
            for language, text in words.items():
                for fault in _faults_of_text(text, allowed):
                    found.append((entry.lines[part], f"the ready-made reply {entry.key!r} ({language}): {fault}"))
    return found


def ready(
    entries: Iterable[CannedReply], language: str, centre: Mapping[str, Words], names: Mapping[str, str]
) -> list[Ready]:
    """The replies in a language. `names` are those of `FILLED_AT_THE_DESK` that are known; a reply that needs
    another one is left out, but a person whose name is not known is simply not called by it."""
    values = {**{key: words[language] for key, words in centre.items()}, **names}
    found = []
    for entry in entries:
        text = _filled(entry.text[language], values)
        if text is not None:
            found.append(Ready(entry.key, entry.title[language], text))
    return found


def _filled(text: str, values: Mapping[str, str]) -> str | None:
    if VISITOR not in values:
        text = text.replace(f" {{{VISITOR}}}", "")
    if any(name not in values for name in _PLACEHOLDER.findall(text)):
        return None
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _entry(path: Path, entries: YamlMapping, key: Any) -> CannedReply:
    line, entry = entries.line_of(key), entries[key]
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise YamlFileError(path, line, f"the key {key!r} should have 2 to 16 of a to z, 0 to 9 and _")
    if not isinstance(entry, YamlMapping):
        raise YamlFileError(path, line, f"the ready-made reply {key!r} should hold title and text")
    for name in entry:
        if name not in _KEYS:
            raise YamlFileError(path, entry.line_of(name), f"a ready-made reply has no {name!r}")
    title, text = read_words(path, entry, "title"), read_words(path, entry, "text")
    for name, words, longest in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if any(len(one) > longest for one in words.values()):
            raise YamlFileError(
                path, entry.line_of(name), f"the {name} of {key!r} is longer than {longest} characters"
            )
    return CannedReply(key, title, text, {name: entry.line_of(name) for name in _KEYS})


def _faults_of_text(text: str, known: Collection[str]) -> Iterable[str]:
    for name in dict.fromkeys(_PLACEHOLDER.findall(text)):
        if name not in known:
            where = "stands neither in data/centre.yml nor at the desk" if known else "may not stand in a title"
            yield f"the placeholder {{{name}}} {where}"
    if set("{}").intersection(_PLACEHOLDER.sub("", text)):
        yield "a brace without its partner"
    if f"{{{VISITOR}}}" in text.replace(f" {{{VISITOR}}}", ""):
        yield f"{{{VISITOR}}} needs a space before it, which goes with it when the name is not known"
