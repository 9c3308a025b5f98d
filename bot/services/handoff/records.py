"""What the hand-off tells staff: who has whom, who waits, what became of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.services.conversations.records import Event


@dataclass(frozen=True)
class Claimed:
    """The counsellor has it now. `events` were told to the person and are stored already."""

    handoff_id: str
    contact_id: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Taken:
    """Somebody else was quicker: `staff` has it, by the name that colleagues know."""

    staff: str
    name: str


@dataclass(frozen=True)
class Kept:
    """Passed on to a colleague who has not taken it yet: kept for `staff` (called `name`) until then, by whom
    (`passed_by` is a name), with which note."""

    staff: str
    name: str
    until: datetime
    passed_by: str
    note: str


@dataclass(frozen=True)
class Gone:
    """Nobody waits there any more: ended, expired, cancelled or erased."""

    state: str | None


@dataclass(frozen=True)
class InQueue:
    """Somebody who waits, with their place; 1 is next."""

    handoff_id: str
    contact_id: str
    conversation_id: str
    place: int
    language: str
    theme: str | None
    reason: str
    requested_at: datetime
    expires_at: datetime | None
    kept: Kept | None = None
    may_take: frozenset[str] | None = None  # None: everybody


@dataclass(frozen=True)
class Held:
    """A conversation that is with a counsellor."""

    handoff_id: str
    contact_id: str
    conversation_id: str
    staff: str
    language: str
    claimed_at: datetime | None


@dataclass(frozen=True)
class Colleague:
    """Somebody who is there and could take a talk; `speaks` its language, and has so many `talks` now."""

    staff: str
    name: str
    languages: tuple[str, ...]
    speaks: bool
    talks: int


@dataclass(frozen=True)
class Changed:
    """What a person was told because something changed; for the streams."""

    contact_id: str
    events: tuple[Event, ...]


class NotThere(ValueError):
    """The colleague is not there to take it. Another one may be."""


class NotYours(ValueError):
    """The conversation is not with this counsellor (any more). A retry does not help."""
