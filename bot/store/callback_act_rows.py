"""Rows of what staff did for a callback besides changing its state: appointments, words to the person. They hold
personal data and go with the person. Used by the callback service.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.handoff_tables import callback_act


@dataclass(frozen=True)
class ActRow:
    """One act; `by` is the id of a member of staff, `detail` is by `kind`."""

    id: str
    handoff_id: str
    contact_id: str
    kind: str
    at: datetime
    by: str
    detail: dict[str, Any]


def add(connection: Connection, row: ActRow) -> bool:
    """Insert an act; False when the id is taken: the same form was sent twice."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(callback_act).values(**row.__dict__).on_conflict_do_nothing(index_elements=["id"])
    return bool(connection.execute(statement).rowcount == 1)


def find(connection: Connection, act_id: str) -> ActRow | None:
    """One act."""
    row = connection.execute(sa.select(callback_act).where(callback_act.c.id == act_id)).first()
    return ActRow(**row._mapping) if row else None


def settle(connection: Connection, act_id: str, kind: str) -> None:
    """Note what became of an act."""
    connection.execute(sa.update(callback_act).where(callback_act.c.id == act_id).values(kind=kind))


def remove(connection: Connection, act_id: str) -> None:
    """It did not happen."""
    connection.execute(sa.delete(callback_act).where(callback_act.c.id == act_id))


def of_handoff(connection: Connection, handoff_id: str) -> list[ActRow]:
    """All acts for a callback, the oldest first."""
    query = sa.select(callback_act).where(callback_act.c.handoff_id == handoff_id)
    return [
        ActRow(**row._mapping) for row in connection.execute(query.order_by(callback_act.c.at, callback_act.c.id))
    ]
