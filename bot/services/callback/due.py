"""When a callback is due, and how often staff should have been reminded of it by then. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

#: So long before it is due staff are reminded, once each.
REMINDERS: tuple[timedelta, ...] = (timedelta(hours=12), timedelta(hours=2))


class Promise(Protocol):
    """What a callback promises: an answer by a deadline, or at an appointed moment."""

    @property
    def deadline(self) -> datetime:
        """By then the person hears from us."""

    @property
    def appointed_at(self) -> datetime | None:
        """Set by staff; None without an appointment."""

    @property
    def heard_at(self) -> datetime | None:
        """When the person last heard from us."""


def due_of(promise: Promise) -> datetime:
    """The appointed moment, once the person has heard from us; until then the deadline if that is nearer."""
    if promise.appointed_at is None:
        return promise.deadline
    if promise.heard_at is None:
        return min(promise.deadline, promise.appointed_at)
    return promise.appointed_at


def reminders_before(due: datetime, now: datetime) -> int:
    """How many reminders are over already when something is due so soon: nobody is told twice at once."""
    return sum(due - now <= before for before in REMINDERS)
