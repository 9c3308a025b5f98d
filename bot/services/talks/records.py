"""What the talks service gives out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.services.handoff.records import Kept
from bot.services.messenger.reach import Reach


class UnknownTalk(LookupError):
    """The talk was erased or never was. A retry does not help."""


@dataclass(frozen=True)
class Line:
    """One message of the thread. A visitor has `text`, everybody else the `parts` of a reply. `topic` is that of an
    answer; a counsellor's message has one when it is such an answer as it stands."""

    id: str
    event: int
    role: str
    at: datetime
    language: str | None
    text: str | None
    parts: tuple[dict[str, Any], ...]
    is_failed: bool
    rating: str | None
    topic: str | None = None


@dataclass(frozen=True)
class Note:
    """What a colleague noted; `meant_for` is the name of whom the talk was passed on to with it."""

    id: str
    author: str
    text: str
    at: datetime
    meant_for: str | None


@dataclass(frozen=True)
class Details:
    """How the person wants to be reached, where they have left it in the callback form."""

    reference: str
    name: str
    way: str
    address: str
    question: str


@dataclass(frozen=True)
class Brief:
    """What a counsellor should know at once. `topics` by id, `failed` are words that were not understood."""

    topics: tuple[str, ...]
    failed: tuple[str, ...]
    page: str | None
    details: Details | None


@dataclass(frozen=True)
class Talk:
    """A hand-off with its conversation. `holder` is the shown name of who has it, or had it last."""

    handoff_id: str
    contact_id: str
    state: str
    reason: str
    language: str
    theme: str | None
    requested_at: datetime
    staff: str | None
    holder: str | None
    outcome: str | None
    score: int | None
    lines: tuple[Line, ...]
    brief: Brief
    kept: Kept | None = None
    notes: tuple[Note, ...] = ()
    tags: tuple[str, ...] = ()
    messenger: Reach | None = None


@dataclass(frozen=True)
class Mine:
    """A conversation that a counsellor has; `last_words` by the person, when they spoke last."""

    handoff_id: str
    language: str
    claimed_at: datetime | None
    is_their_turn: bool
    last_words: str


@dataclass(frozen=True)
class Ended:
    """A hand-off that ended without a callback."""

    handoff_id: str
    state: str
    language: str
    ended_at: datetime
    holder: str | None
    outcome: str | None
    score: int | None
    tags: tuple[str, ...] = ()
