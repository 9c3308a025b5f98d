"""Rows of contacts: one person at one door, and which worker is busy for them. Used by the conversations service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.tables import contact


@dataclass(frozen=True)
class ContactRow:
    """`last_event` is the number of the newest event of the outbox, 0 before the first."""

    id: str
    channel: str
    first_client_id: str | None
    language: str | None
    created_at: datetime
    last_event: int


def add(connection: Connection, new: ContactRow) -> bool:
    """Insert a contact; False when the `first_client_id` has one already."""
    values = {**new.__dict__, "last_seen_at": new.created_at}
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    done = connection.execute(insert(contact).values(**values).on_conflict_do_nothing())
    return bool(done.rowcount == 1)


def find(connection: Connection, contact_id: str) -> ContactRow | None:
    """The contact, as it is now."""
    return _first(connection, _query(contact.c.id == contact_id))


def lock(connection: Connection, contact_id: str) -> ContactRow | None:
    """The contact, held until the transaction ends: all that writes for a contact begins here, so it queues."""
    return _first(connection, _query(contact.c.id == contact_id).with_for_update())


def lock_by_client(connection: Connection, first_client_id: str) -> ContactRow | None:
    """Like `lock`, for the contact whose first message had this client id."""
    return _first(connection, _query(contact.c.first_client_id == first_client_id).with_for_update())


def change(connection: Connection, contact_id: str, **values: Any) -> None:
    """Set columns of a contact."""
    connection.execute(sa.update(contact).where(contact.c.id == contact_id).values(**values))


def claim(connection: Connection, contact_id: str, worker: str, now: datetime, until: datetime) -> bool:
    """Give the contact to a worker unless another one's lease runs; in one statement, so only one wins."""
    is_free = sa.or_(contact.c.worker.is_(None), contact.c.worker == worker, contact.c.lease_until <= now)
    done = connection.execute(
        sa.update(contact).where(contact.c.id == contact_id, is_free).values(worker=worker, lease_until=until)
    )
    return bool(done.rowcount == 1)


def prolong(connection: Connection, contact_ids: list[str], worker: str, until: datetime) -> None:
    """Let the worker's leases of these contacts run longer; another worker's stay as they are."""
    mine = sa.and_(contact.c.id.in_(contact_ids), contact.c.worker == worker)
    connection.execute(sa.update(contact).where(mine).values(lease_until=until))


def release(connection: Connection, contact_id: str, worker: str) -> None:
    """End the worker's lease; another worker's stays."""
    connection.execute(
        sa.update(contact)
        .where(contact.c.id == contact_id, contact.c.worker == worker)
        .values(worker=None, lease_until=None)
    )


def _query(where: Any) -> Any:
    columns = (contact.c[name] for name in ContactRow.__dataclass_fields__)
    return sa.select(*columns).where(where)


def _first(connection: Connection, query: Any) -> ContactRow | None:
    row = connection.execute(query).first()
    return ContactRow(**row._mapping) if row else None
