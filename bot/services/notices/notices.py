"""Reads the notices; says which hold today and which bear on an answer. Used by the doors and by `faqbot check`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.foundation.yaml_files import Mapping, YamlFileError, read_entries
from bot.services.content.draft import read_words
from bot.services.content.model import Words

NOTICES_FILE = "notices.yml"

_KEYS = frozenset({"from", "until", "text", "topics", "themes"})
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Notice:
    """`first` and `last` are days in Brussels, both included. `line` is where it stands in the file."""

    id: str
    first: date
    last: date
    words: Words
    topics: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    line: int = 1

    def holds(self, day: date) -> bool:
        """Whether it is to be shown on this day."""
        return self.first <= day <= self.last

    def bears_on(self, topic: str | None) -> bool:
        """Whether somebody who is told of this topic should first hear it."""
        return topic is not None and (topic in self.topics or topic.partition("/")[0] in self.themes)


def read_notices(path: Path) -> tuple[Notice, ...]:
    """All notices of a file, in its order; none when there is no file. Raises YamlFileError with file and line."""
    entries = read_entries(path, "notices", "notice")
    return tuple(_notice(path, entries, key) for key in entries) if entries else ()


def unknown_references(notices: Iterable[Notice], topics: Iterable[str]) -> list[tuple[int, str]]:
    """Line and words for every topic or theme that a notice names and that does not exist."""
    known = set(topics)
    themes = {topic.partition("/")[0] for topic in known}
    found = []
    for notice in notices:
        for name in sorted((notice.topics - known) | (notice.themes - themes)):
            found.append((notice.line, f"the notice {notice.id!r} names {name!r}, which does not exist"))
    return found


def _notice(path: Path, entries: Mapping, key: Any) -> Notice:
    line, entry = entries.line_of(key), entries[key]
    if not isinstance(key, str) or not _NAME.fullmatch(key):
        raise YamlFileError(path, line, f"the name {key!r} should be lower-case letters, digits and _")
    if not isinstance(entry, Mapping):
        raise YamlFileError(path, line, f"{key!r} should hold from, until and text")
    for name in entry:
        if name not in _KEYS:
            raise YamlFileError(path, entry.line_of(name), f"{name!r} is not known in a notice")
    first, last = _day(path, entry, "from"), _day(path, entry, "until")
    if last < first:
        raise YamlFileError(path, entry.line_of("until"), "until lies before from")
    return Notice(
        id=key,
        first=first,
        last=last,
        words=read_words(path, entry, "text"),
        topics=_names(path, entry, "topics"),
        themes=_names(path, entry, "themes"),
        line=line,
    )


def _day(path: Path, entry: Mapping, key: str) -> date:
    raw = entry.get(key)
    try:
        if isinstance(raw, str) and _DAY.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise YamlFileError(path, entry.line_of(key), f'{key} should be a day like "2020-11-02"')


def _names(path: Path, entry: Mapping, key: str) -> frozenset[str]:
    names = entry.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise YamlFileError(path, entry.line_of(key), f"{key} should be a list of names")
    return frozenset(names)
