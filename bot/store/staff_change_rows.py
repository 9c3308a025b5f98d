"""Rows of what administrators changed: who, when, what. Never changed or removed. Used by the staff service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.staff_tables import staff_change


@dataclass(frozen=True)
class StaffChangeRow:
    """One change; `staff_id` is whose account it is about, None for the opening hours."""

    id: str
    at: datetime
    by: str
    what: str
    staff_id: str | None
    detail: dict[str, Any] | None


def add(connection: Connection, row: StaffChangeRow) -> None:
    """Insert a change."""
    connection.execute(sa.insert(staff_change).values(**row.__dict__))


def latest(connection: Connection, count: int) -> list[StaffChangeRow]:
    """The newest first."""
    query = sa.select(staff_change).order_by(staff_change.c.id.desc()).limit(count)
    return [StaffChangeRow(**row._mapping) for row in connection.execute(query)]
