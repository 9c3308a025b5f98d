"""Rows of what each side has seen of the other: the person's last sign of life, and the last event each had before
them. Written while somebody waits or talks only. Used by the hand-off service and the talks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.handoff_tables import sight


@dataclass(frozen=True)
class SightRow:
    """`here_at`: when a stream of the person was last known to be open. `person_saw` is the last event by staff
    that the person had before them, `staff_saw` the last one by the person that a counsellor had; 0 for none."""

    contact_id: str
    here_at: datetime | None = None
    person_saw: int = 0
    person_saw_at: datetime | None = None
    staff_saw: int = 0
    staff_saw_at: datetime | None = None


def of(connection: Connection, contact_ids: Collection[str]) -> dict[str, SightRow]:
    """What is known of these contacts."""
    query = sa.select(sight).where(sight.c.contact_id.in_(list(contact_ids)))
    return {row.contact_id: SightRow(**row._mapping) for row in connection.execute(query)}


def find(connection: Connection, contact_id: str) -> SightRow:
    """What is known of one contact."""
    return of(connection, (contact_id,)).get(contact_id) or SightRow(contact_id)


def here(connection: Connection, contact_ids: Collection[str], at: datetime) -> None:
    """These have a stream open now. The caller has seen that they exist, in the same transaction."""
    if contact_ids:
        rows = [{**SightRow(one).__dict__, "here_at": at} for one in contact_ids]
        statement = _insert(connection)(sight)
        on_conflict = statement.on_conflict_do_update(index_elements=["contact_id"], set_={"here_at": at})
        connection.execute(on_conflict, rows)


def person_saw(connection: Connection, contact_id: str, event: int, at: datetime) -> None:
    """The person had this event before them."""
    _put(connection, contact_id, {"person_saw": event, "person_saw_at": at})


def staff_saw(connection: Connection, contact_id: str, event: int, at: datetime) -> None:
    """A counsellor had this event before them."""
    _put(connection, contact_id, {"staff_saw": event, "staff_saw_at": at})


def _put(connection: Connection, contact_id: str, values: dict[str, Any]) -> None:
    statement = _insert(connection)(sight).values({**SightRow(contact_id).__dict__, **values})
    connection.execute(statement.on_conflict_do_update(index_elements=["contact_id"], set_=values))


def _insert(connection: Connection) -> Any:
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
