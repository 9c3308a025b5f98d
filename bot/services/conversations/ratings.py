"""Keeps what a person thinks of an answer."""

from __future__ import annotations

from datetime import datetime

from bot.services.conversations import events
from bot.store import contact_rows, message_rows
from bot.store.database import Connection
from bot.store.message_rows import BOT

UP, DOWN = "up", "down"


def rate(
    connection: Connection, contact_id: str, message_id: str | None, value: str, comment: str | None, now: datetime
) -> bool:
    """Rate one of the contact's bot messages. The same rating again tells nothing new."""
    if value not in (UP, DOWN):
        raise ValueError(f"a rating is {UP} or {DOWN}")
    if contact_rows.lock(connection, contact_id) is None:
        return False
    if message_id is None:
        row = message_rows.last_answer(connection, contact_id)
    else:
        row = message_rows.find(connection, message_id)
    if row is None or row.contact_id != contact_id or row.role != BOT:
        return False
    kept = comment if comment is not None or row.rating != value else row.rating_comment
    if (row.rating, row.rating_comment) == (value, kept):
        return True
    message_rows.rate(connection, row.id, value, kept)
    if row.rating != value:
        payload = {"message_id": row.id, "value": value}
        events.add_event(connection, contact_id, events.RATING, payload, now)
    return True
