"""What the talks service gives out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """One message of the thread. A visitor has `text`, everybody else the `parts` of a reply."""

    role: str
    at: datetime
    language: str | None
    text: str | None
    parts: tuple[dict[str, Any], ...]
    is_failed: bool
    rating: str | None


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
