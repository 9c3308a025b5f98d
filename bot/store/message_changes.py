"""Changes to messages that stand already: a person edits one, takes it back, or their language becomes known."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.message_rows import WAITING, MessageRow
from bot.store.tables import message


def of_event(connection: Connection, contact_id: str, event: int) -> MessageRow | None:
    """The message that an event of the contact announced."""
    query = sa.select(message).where(message.c.contact_id == contact_id, message.c.event == event)
    row = connection.execute(query).first()
    return MessageRow(**row._mapping) if row else None


def rewrite(connection: Connection, row: MessageRow) -> None:
    """Let a message say what `row` says: words, choice, title, reply and state."""
    values = {name: getattr(row, name) for name in ("text", "choice", "choice_title", "reply", "state")}
    connection.execute(sa.update(message).where(message.c.id == row.id).values(**values))


def hint_language(connection: Connection, contact_id: str, language: str) -> None:
    """Messages that wait and of whose language nothing is known are read with this one in mind."""
    is_open = sa.and_(message.c.contact_id == contact_id, message.c.state == WAITING, message.c.language.is_(None))
    connection.execute(sa.update(message).where(is_open).values(language=language))
