"""Rows of the outbox: every event of a contact, numbered 1, 2, 3 … without a gap. For the conversations service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.tables import contact, outbox


@dataclass(frozen=True)
class OutboxRow:
    """`seq` is the event's number for its contact."""

    seq: int
    kind: str
    payload: dict[str, Any]
    created_at: datetime


_ADD = sa.insert(outbox)
_AFTER = (
    sa.select(outbox.c.seq, outbox.c.kind, outbox.c.payload, outbox.c.created_at)
    .where(outbox.c.contact_id == sa.bindparam("contact_id"), outbox.c.seq > sa.bindparam("after"))
    .order_by(outbox.c.seq)
    .limit(sa.bindparam("at_most"))
)


def next_number(connection: Connection, contact_id: str) -> int:
    """Take the contact's next event number; the contact stays locked, so the events are stored in this order."""
    where = contact.c.id == contact_id
    connection.execute(sa.update(contact).where(where).values(last_event=contact.c.last_event + 1))
    return int(connection.execute(sa.select(contact.c.last_event).where(where)).scalar_one())


def add(connection: Connection, contact_id: str, row: OutboxRow) -> None:
    """Insert an event under its number; the contact is locked by the caller."""
    connection.execute(_ADD, {"contact_id": contact_id, **row.__dict__})


def after(connection: Connection, contact_id: str, seq: int, limit: int) -> list[OutboxRow]:
    """The contact's events after a number, in order, at most `limit`."""
    rows = connection.execute(_AFTER, {"contact_id": contact_id, "after": seq, "at_most": limit})
    return [OutboxRow(**row._mapping) for row in rows]


def replace(connection: Connection, contact_id: str, seq: int, payload: dict[str, Any]) -> None:
    """Give an event another payload: what a person took back or changed must not stand there any more."""
    where = sa.and_(outbox.c.contact_id == contact_id, outbox.c.seq == seq)
    connection.execute(sa.update(outbox).where(where).values(payload=payload))
