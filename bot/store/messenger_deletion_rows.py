"""Rows of Meta's requests to erase somebody: a random code and two moments, nothing of the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.messenger_tables import messenger_deletion as deletion


@dataclass(frozen=True)
class DeletionRow:
    """`done_at` is None until everything is erased."""

    code: str
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
    """Everything is erased."""
    connection.execute(sa.update(deletion).where(deletion.c.code == code).values(done_at=at))


def forget(connection: Connection, before: datetime) -> int:
    """Remove requests that were done before a moment; how many."""
    return int(connection.execute(sa.delete(deletion).where(deletion.c.done_at < before)).rowcount)
