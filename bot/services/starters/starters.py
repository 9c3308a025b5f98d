"""Reads which questions come first on which page of a site. Used by the web chat and by `faqbot check`.

A page is the path of its address. The first entry with a pattern that fits counts; a page that no entry
knows gets the first starter of each theme.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bot.foundation.yaml_files import Mapping, YamlFileError, read_entries
from bot.services.content.model import Theme

STARTERS_FILE = "starters.yml"
#: So many are shown; more would push the box off a small screen.
MOST_STARTERS = 4

_KEYS = frozenset({"pages", "topics"})


@dataclass(frozen=True)
class PageStarters:
    """`topics` come first on the pages that fit one of the patterns; `line` is where the entry stands."""

    name: str
    patterns: tuple[str, ...]
    topics: tuple[str, ...]
    line: int = 1

    def fits(self, page: str) -> bool:
        """Whether a page's path is one of ours, in small or capital letters."""
        path = unquote(page, errors="replace").casefold()
        return any(_expression(pattern).fullmatch(path) for pattern in self.patterns)


def read_starters(path: Path) -> tuple[PageStarters, ...]:
    """All entries of a file, in its order; none when there is no file. Raises YamlFileError with file and line."""
    entries = read_entries(path, "starters", "kind of page")
    return tuple(_entry(path, entries, key) for key in entries) if entries else ()


def starters_of(
    page: str, entries: Iterable[PageStarters], themes: Iterable[Theme], known: Collection[str]
) -> list[str]:
    """The topics to begin with on a page, of those that are `known`."""
    for entry in entries:
        if entry.fits(page):
            found = [topic for topic in entry.topics if topic in known]
            if found:
                return found[:MOST_STARTERS]
    return [theme.starters[0] for theme in themes if theme.starters][:MOST_STARTERS]


def faults_of_starters(entries: Iterable[PageStarters], topics: Collection[str]) -> list[tuple[int, str]]:
    """Line and words for every topic that does not exist, and for pages that an entry before takes already."""
    found = []
    taken: dict[str, str] = {}
    for entry in entries:
        for topic in entry.topics:
            if topic not in topics:
                found.append((entry.line, f"the starters {entry.name!r} name {topic!r}, which does not exist"))
        for pattern in entry.patterns:
            before = taken.setdefault(pattern.casefold(), entry.name)
            if before != entry.name:
                text = f"the starters {entry.name!r} never show on {pattern!r}: {before!r} takes these pages"
                found.append((entry.line, text))
    return found


def _entry(path: Path, entries: Mapping, key: Any) -> PageStarters:
    line, entry = entries.line_of(key), entries[key]
    if not isinstance(key, str) or not isinstance(entry, Mapping):
        raise YamlFileError(path, line, f"{key!r} should be a name that holds pages and topics")
    for name in entry:
        if name not in _KEYS:
            raise YamlFileError(path, entry.line_of(name), f"{name!r} is not known in an entry of starters")
    patterns = _words(path, entry, "pages")
    for pattern in patterns:
        if not pattern.startswith(("/", "*")):
            raise YamlFileError(
                path, entry.line_of("pages"), f"the page {pattern!r} should be a path, as in /fr/emploi* or *emploi*"
            )
    topics = _words(path, entry, "topics")
    if len(set(topics)) < len(topics):
        raise YamlFileError(path, entry.line_of("topics"), "a topic stands here twice")
    if len(topics) > MOST_STARTERS:
        raise YamlFileError(path, entry.line_of("topics"), f"{MOST_STARTERS} topics at most are shown")
    return PageStarters(key, patterns, topics, line)


def _words(path: Path, entry: Mapping, key: str) -> tuple[str, ...]:
    words = entry.get(key)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise YamlFileError(path, entry.line_of(key), f"{key} should be a list of words")
    return tuple(words)


def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in pattern.casefold().split("*")), re.DOTALL)
