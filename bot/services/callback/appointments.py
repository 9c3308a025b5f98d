"""Appointments of callbacks: another moment than the deadline, who set it and why, and that the person knows of it.

Used by the desk. Raises UnknownReference, NotPossible when the callback is done or withdrawn, and DatabaseError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.foundation import clock
from bot.foundation.ids import uuid7
from bot.services.callback.callbacks import TO_DO, find_callback
from bot.services.callback.due import due_of, reminders_before
from bot.services.handoff.changes import change_state
from bot.services.handoff.states import CALLBACK_MISSED, CALLBACK_OPEN, NotPossible
from bot.store import callback_act_rows, callback_rows, contact_rows
from bot.store.callback_act_rows import ActRow
from bot.store.callback_rows import CallbackRow
from bot.store.database import Connection, Database
from bot.store.handoff_rows import HandoffRow

APPOINTED, TOLD = "appointed", "told"
#: Why an appointment is made or moved.
WHYS: tuple[str, ...] = ("wished", "not_reached", "nobody_free", "other")


class Appointments:
    """One per process. `by` is the id of a member of staff."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def appoint(self, reference: str, by: str, at: datetime, why: str, is_told: bool) -> None:
        """Set or move the moment. A missed callback is open again. `is_told`: it was agreed with the person."""
        now = self._now()
        with self._database.writing() as connection:
            row, handoff = held_to_do(connection, reference)
            if handoff.state == CALLBACK_MISSED:
                change_state(connection, handoff, CALLBACK_OPEN, now, by[:64], APPOINTED)
            heard_at = now if is_told else row.heard_at
            _set(connection, replace(row, appointed_at=at, heard_at=heard_at), now)
            note_act(connection, row, APPOINTED, now, by, {"at": at.isoformat(), "why": why, "is_told": is_told})

    def told(self, reference: str, by: str) -> None:
        """The person has heard from us by another way than an e-mail from here."""
        with self._database.writing() as connection:
            row, _ = held_to_do(connection, reference)
            note_heard(connection, row, self._now())
            note_act(connection, row, TOLD, self._now(), by, {})


def held_to_do(connection: Connection, reference: str) -> tuple[CallbackRow, HandoffRow]:
    """A callback that is to be done, whose contact is held until the end of the transaction."""
    _, seen = find_callback(connection, reference)
    contact_rows.lock(connection, seen.contact_id)
    row, handoff = find_callback(connection, reference)
    if handoff.state not in TO_DO:
        raise NotPossible(f"a callback that is {handoff.state} is not to be done any more")
    return row, handoff


def note_heard(connection: Connection, row: CallbackRow, now: datetime) -> None:
    """The person has heard from us now."""
    _set(connection, replace(row, heard_at=now), now)


def note_act(
    connection: Connection, row: CallbackRow, kind: str, now: datetime, by: str, detail: dict[str, Any]
) -> None:
    """A line of the callback's history."""
    callback_act_rows.add(connection, ActRow(uuid7(), row.handoff_id, row.contact_id, kind, now, by[:64], detail))


def _set(connection: Connection, row: CallbackRow, now: datetime) -> None:
    values = {"appointed_at": row.appointed_at, "heard_at": row.heard_at}
    callback_rows.change(connection, row.handoff_id, **values, reminders=reminders_before(due_of(row), now))
