"""Rows of conversations: what one contact writes without a long pause. Used by the conversations service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.tables import conversation


@dataclass(frozen=True)
class ConversationRow:
    """Open while `closed_at` is None."""

    id: str
    contact_id: str
    started_at: datetime
    last_message_at: datetime
    closed_at: datetime | None = None
    page: str | None = None
    language: str | None = None


_TOUCH = (
    sa.update(conversation)
    .where(conversation.c.id == sa.bindparam("conversation_id"))
    .values(
        last_message_at=sa.bindparam("at"),
        language=sa.func.coalesce(sa.bindparam("known", type_=sa.String), conversation.c.language),
    )
)
_NEWEST_OPEN = (
    sa.select(conversation)
    .where(conversation.c.contact_id == sa.bindparam("contact_id"), conversation.c.closed_at.is_(None))
    .order_by(conversation.c.id.desc())
    .limit(1)
)


def add(connection: Connection, row: ConversationRow) -> None:
    """Insert a conversation."""
    connection.execute(sa.insert(conversation).values(**row.__dict__))


def newest_open(connection: Connection, contact_id: str) -> ConversationRow | None:
    """The contact's newest conversation that is not closed."""
    row = connection.execute(_NEWEST_OPEN, {"contact_id": contact_id}).first()
    return ConversationRow(**row._mapping) if row else None


def close(connection: Connection, conversation_id: str, at: datetime) -> None:
    """No further message of the visitor goes into it."""
    connection.execute(sa.update(conversation).where(conversation.c.id == conversation_id).values(closed_at=at))


def touch(connection: Connection, conversation_id: str, at: datetime, language: str | None) -> None:
    """Note that a message came; a known language stays when the new one is unknown."""
    connection.execute(_TOUCH, {"conversation_id": conversation_id, "at": at, "known": language})


def ids_of_contact(connection: Connection, contact_id: str) -> list[str]:
    """The ids of all conversations of a contact, oldest first."""
    query = sa.select(conversation.c.id).where(conversation.c.contact_id == contact_id).order_by(conversation.c.id)
    return list(connection.execute(query).scalars())
