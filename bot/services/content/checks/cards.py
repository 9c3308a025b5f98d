"""The card of a topic says where its facts come from, how old they are, and where to go next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.foundation.languages import LANGUAGES
from bot.services.content.card_entries import CardEntry, ThemeEntry
from bot.services.content.checks.folding import folded
from bot.services.content.checks.material import TO_WRITE, Material, is_written
from bot.services.content.checks.problem import Problem
from bot.services.content.model import Card, Words

#: The longest title: a button of Messenger and of a narrow phone shows no more.
LONGEST_TITLE = 40
#: So many next steps fit under an answer.
MOST_NEXT_STEPS = 3

_AS_OF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_cards(material: Material) -> list[Problem]:
    """Sources, dates, next steps and titles of the topics; titles of the themes."""
    problems = [
        material.problem(entry.path, entry.lines.get(key, entry.line), f"{entry.name}: {text}")
        for entry in material.topics
        if entry.card
        for key, text in _faults(entry.card)
    ]
    themes = [(entry, entry.theme.title) for entry in material.themes if entry.theme]
    topics = [(entry, entry.card.title) for entry in material.topics if entry.card]
    return [*problems, *_titles(material, themes), *_titles(material, topics)]


def _faults(card: Card) -> Iterator[tuple[str, str]]:
    """The key to which a fault belongs, and what is wrong. What is still to be written is said elsewhere."""
    if not any(source.strip() for source in card.sources):
        yield "sources", "a source is missing"
    if not card.as_of:
        yield "as_of", "as_of is missing: the date of its facts"
    elif TO_WRITE not in card.as_of and not _is_as_of(card.as_of):
        yield "as_of", f"as_of {card.as_of!r} is not a date: YYYY, YYYY-MM or YYYY-MM-DD"
    if not card.review_by:
        yield "review_by", "review_by is missing: the day by which somebody reads it again"
    elif TO_WRITE not in card.review_by and not _is_day(card.review_by):
        yield "review_by", f"review_by {card.review_by!r} is not a date: YYYY-MM-DD"
    if not card.next_steps:
        yield "next_steps", "there is no next step; after an answer there is always a way on"
    elif len(card.next_steps) > MOST_NEXT_STEPS:
        yield "next_steps", f"{len(card.next_steps)} next steps; at most {MOST_NEXT_STEPS}"


def _is_as_of(text: str) -> bool:
    found = _AS_OF.fullmatch(text)
    if not found:
        return False
    year, month, day = found.groups(default="01")
    return _is_day(f"{year}-{month}-{day}")


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _titles(material: Material, titled: Sequence[tuple[CardEntry | ThemeEntry, Words]]) -> Iterator[Problem]:
    for language in LANGUAGES:
        seen: dict[str, CardEntry | ThemeEntry] = {}
        for entry, title in titled:
            words, line = title[language], entry.lines.get("title", entry.line)
            if not is_written(words):
                continue
            who = f"{entry.name}: the title in {language!r}"
            if len(words) > LONGEST_TITLE:
                text = f"{who} has {len(words)} characters; at most {LONGEST_TITLE}"
                yield material.problem(entry.path, line, text)
            other = seen.setdefault(folded(words), entry)
            if other is not entry:
                place = f"{material.relative(other.path)}:{other.lines.get('title', other.line)}"
                yield material.problem(entry.path, line, f"{who} is also that of {other.name} ({place})")
