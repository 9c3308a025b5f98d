"""Who should take whom: by language first, then theme, then who has been idle longest. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Counsellor:
    """Somebody who is there. No `themes` means every theme."""

    staff: str
    languages: frozenset[str]
    themes: frozenset[str]
    idle_since: datetime


@dataclass(frozen=True)
class Wanted:
    """Somebody who waits; `theme` is what they asked about last, where it is known."""

    handoff_id: str
    language: str
    theme: str | None
    requested_at: datetime


def counsellor_for(wanted: Wanted, counsellors: Iterable[Counsellor]) -> Counsellor | None:
    """Whom to tell first that somebody waits; None when nobody there speaks the language."""
    able = [one for one in counsellors if wanted.language in one.languages]
    return min(
        able, key=lambda one: (theme_distance(one.themes, wanted.theme), one.idle_since, one.staff), default=None
    )


def next_for(counsellor: Counsellor, queue: Sequence[Wanted]) -> Wanted | None:
    """Whom a counsellor should take: a language they speak, a theme of theirs, then who waits longest."""
    able = [one for one in queue if one.language in counsellor.languages]
    return min(
        able,
        key=lambda one: (theme_distance(counsellor.themes, one.theme), one.requested_at, one.handoff_id),
        default=None,
    )


def languages_there(counsellors: Iterable[Counsellor]) -> frozenset[str]:
    """The languages that are spoken by those who are there."""
    return frozenset(language for one in counsellors for language in one.languages)


def theme_distance(themes: frozenset[str], theme: str | None) -> int:
    """0 for a theme of a counsellor's own, 1 for somebody who serves every theme, 2 for another theme."""
    if theme is not None and theme in themes:
        return 0
    return 2 if theme is not None and themes else 1
