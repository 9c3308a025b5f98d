"""The messages of one contact that wait for an answer, oldest first, and what the worker is told of them."""

from __future__ import annotations

from bot.services.conversations.records import Waiting
from bot.store import message_rows
from bot.store.contact_rows import ContactRow
from bot.store.database import Connection
from bot.store.message_rows import MessageRow


def next_of(connection: Connection, contact: ContactRow | None) -> Waiting | None:
    """The oldest message of a contact that waits."""
    row = message_rows.next_waiting(connection, contact.id) if contact else None
    return as_waiting(row, contact) if row and contact else None


def as_waiting(row: MessageRow, contact: ContactRow) -> Waiting:
    """What the worker needs to know of a message."""
    return Waiting(
        message_id=row.id,
        contact_id=contact.id,
        conversation_id=row.conversation_id,
        text=row.text,
        choice=row.choice,
        language=contact.language or row.language,
        attempts=row.attempts,
        accepted_at=row.created_at,
        handoff=contact.handoff,
        channel=contact.channel,
    )
