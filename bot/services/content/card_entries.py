"""Reads the cards of topics and dialogue and the themes under data/topics, each with its place.

Faults of form go to `report`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.content.faults import Report, raise_fault
from bot.services.content.model import Card, Theme
from bot.services.content.word_entries import read_words

#: The sections of a file under data/topics.
TOPICS, DIALOGUE, THEMES = "topics", "dialogue", "themes"

_CARD_KEYS = frozenset(Card.__dataclass_fields__)
_THEME_KEYS = frozenset(Theme.__dataclass_fields__)


@dataclass(frozen=True)
class CardEntry:
    """One card; `kind` is TOPICS or DIALOGUE, `lines` says where its keys stand.

    `card` is None when its form is faulty.
    """

    name: str
    kind: str
    path: Path
    line: int
    card: Card | None
    lines: dict[str, int]


@dataclass(frozen=True)
class ThemeEntry:
    """One theme; `theme` is None when its form is faulty, `lines` says where its keys stand."""

    name: str
    path: Path
    line: int
    theme: Theme | None
    lines: dict[str, int]


def card_entries(folder: Path, report: Report = raise_fault) -> Iterator[CardEntry]:
    """Each card of a topic or of the dialogue under a folder once; one in another file too is reported."""
    for kind in (TOPICS, DIALOGUE):
        for path, name, line, raw in _sections(folder, kind, report):
            card: Card | None = None
            try:
                card = _card(path, raw, with_title=kind == TOPICS)
            except YamlFileError as fault:
                report(fault)
            yield CardEntry(name, kind, path, line, card, _lines(raw))


def theme_entries(folder: Path, report: Report = raise_fault) -> Iterator[ThemeEntry]:
    """Each theme under a folder once; one in another file too is reported."""
    for path, name, line, raw in _sections(folder, THEMES, report):
        theme: Theme | None = None
        try:
            _refuse_other_keys(path, raw, _THEME_KEYS, "a theme")
            theme = Theme(read_words(path, raw, "title"), tuple(_list(path, raw, "starters")))
        except YamlFileError as fault:
            report(fault)
        yield ThemeEntry(name, path, line, theme, _lines(raw))


def _sections(folder: Path, kind: str, report: Report) -> Iterator[tuple[Path, str, int, Mapping]]:
    """Path, name, line and content of each entry in the sections of one kind."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        try:
            content = read_mapping(path)
            section = content.get(kind)
            if section is not None and not isinstance(section, Mapping):
                raise YamlFileError(path, content.line_of(kind), f"{kind} should hold names and cards")
        except YamlFileError as fault:
            report(fault)
            continue
        if section is None:
            continue
        for name, raw in section.items():
            problem = _section_problem(name, raw, seen)
            if problem:
                report(YamlFileError(path, section.line_of(name), problem))
                continue
            seen.add(name)
            yield path, name, section.line_of(name), raw


def _section_problem(name: Any, raw: Any, seen: set[str]) -> str | None:
    if not isinstance(name, str):
        return f"the name {name!r} should be a word; put it in quotes"
    if not isinstance(raw, Mapping):
        return f"the card {name!r} is empty"
    return f"{name!r} stands in another file too" if name in seen else None


def _card(path: Path, raw: Mapping, with_title: bool) -> Card:
    _refuse_other_keys(path, raw, _CARD_KEYS, "a card")
    return Card(
        title=read_words(path, raw, "title") if with_title else {},
        next_steps=tuple(_list(path, raw, "next_steps")),
        sources=tuple(_list(path, raw, "sources")),
        as_of=_text_or_none(raw, "as_of"),
        review_by=_text_or_none(raw, "review_by"),
        owner=_text_or_none(raw, "owner"),
        volatile=bool(raw.get("volatile")),
        offer_person=bool(raw.get("offer_person")),
        caution=_text_or_none(raw, "caution"),
    )


def _refuse_other_keys(path: Path, raw: Mapping, known: frozenset[str], what: str) -> None:
    for key in raw:
        if key not in known:
            raise YamlFileError(path, raw.line_of(key), f"{what} has no key {key!r}")


def _lines(raw: Mapping) -> dict[str, int]:
    return {str(key): line for key, line in raw.lines.items()}


def _list(path: Path, raw: Mapping, key: str) -> list[str]:
    value = raw.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise YamlFileError(path, raw.line_of(key), f"{key!r} should be a list of words")
    return list(value)


def _text_or_none(raw: Mapping, key: str) -> str | None:
    value = raw.get(key)
    return None if value is None else str(value)
