"""Puts a notice to staff into the queue, in the same transaction as what it tells of."""

from __future__ import annotations

from datetime import datetime

from bot.foundation.ids import uuid7
from bot.store import staff_notice_rows
from bot.store.database import Connection
from bot.store.staff_notice_rows import StaffNoticeRow

#: Somebody waits in the chat; a callback was asked for, comes near its deadline, is past it, or is withdrawn.
WAITING, CALLBACK, REMINDER, MISSED, WITHDRAWN = "waiting", "callback", "reminder", "missed", "withdrawn"

EMAIL, SLACK = "email", "slack"
#: Who sends decides which of them is set up; the notice of a channel that is not goes unsent.
CHANNELS: tuple[str, ...] = (EMAIL, SLACK)


def tell_staff(
    connection: Connection, kind: str, handoff_id: str, language: str, now: datetime, reference: str | None = None
) -> None:
    """One notice for each channel."""
    for channel in CHANNELS:
        row = StaffNoticeRow(uuid7(), kind, channel, handoff_id, reference, language, now, 0, now)
        staff_notice_rows.add(connection, row)
