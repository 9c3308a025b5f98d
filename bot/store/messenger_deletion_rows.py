"""Rows of Meta's requests to erase somebody: a random code, two moments, and until it is done whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.messenger_tables import messenger_deletion as deletion


@dataclass(frozen=True)
class DeletionRow:
    """`done_at` is None until everything is erased, `user_id` from then on."""

    code: str
    user_id: str | None
    requested_at: datetime
    done_at: datetime | None = None


def add(connection: Connection, row: DeletionRow) -> None:
    """Keep a request."""
    connection.execute(sa.insert(deletion).values(**row.__dict__))


def find(connection: Connection, code: str) -> DeletionRow | None:
    """The request with this code."""
    row = connection.execute(sa.select(deletion).where(deletion.c.code == code)).first()
    return DeletionRow(**row._mapping) if row else None


def mark_done(connection: Connection, code: str, at: datetime) -> None:
    """Everything is erased, so the person is named no more."""
    connection.execute(sa.update(deletion).where(deletion.c.code == code).values(done_at=at, user_id=None))


def still_open(connection: Connection) -> list[DeletionRow]:
    """Requests that are not done, the oldest first."""
    query = sa.select(deletion).where(deletion.c.done_at.is_(None)).order_by(deletion.c.requested_at)
    return [DeletionRow(**row._mapping) for row in connection.execute(query)]


def forget(connection: Connection, before: datetime) -> int:
    """Remove requests that were done before a moment; how many."""
    return int(connection.execute(sa.delete(deletion).where(deletion.c.done_at < before)).rowcount)
