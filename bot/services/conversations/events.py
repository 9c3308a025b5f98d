"""Numbers and stores the events of a contact, and words the one that announces a message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.services.conversations.records import Event
from bot.store import message_rows, outbox_rows
from bot.store.database import Connection
from bot.store.message_rows import MessageRow
from bot.store.outbox_rows import OutboxRow

MESSAGE, RATING, RESTARTED, LANGUAGE = "message", "rating", "restarted", "language"


def add_message(connection: Connection, row: MessageRow) -> Event:
    """Store a message and its event."""
    message_rows.add(connection, row)
    return store_event(connection, row.contact_id, row.event, MESSAGE, _payload(row), row.created_at)


def add_event(connection: Connection, contact_id: str, kind: str, payload: dict[str, Any], at: datetime) -> Event:
    """Store an event that announces no message."""
    number = outbox_rows.next_number(connection, contact_id)
    return store_event(connection, contact_id, number, kind, payload, at)


def store_event(
    connection: Connection, contact_id: str, number: int, kind: str, payload: dict[str, Any], at: datetime
) -> Event:
    outbox_rows.add(connection, contact_id, OutboxRow(number, kind, payload, at))
    return Event(number, kind, payload, at)


def say_anew(connection: Connection, row: MessageRow) -> None:
    """A message was changed after its event was told: let the event say what the message says now."""
    outbox_rows.replace(connection, row.contact_id, row.event, _payload(row))


def _payload(row: MessageRow) -> dict[str, Any]:
    reply = row.reply or {}
    return {
        "id": row.id,
        "role": row.role,
        "client_id": row.client_id,
        "text": row.text if row.text is not None else row.choice_title,
        "choice": row.choice,
        "language": row.language,
        "at": row.created_at.isoformat(),
        "reply": row.reply,
        "topic": reply.get("topic"),
        "as_of": reply.get("as_of"),
        "in_reply_to": row.in_reply_to,
        "rating": row.rating,
    }
