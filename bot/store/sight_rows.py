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
from bot.store.tables import contact


@dataclass(frozen=True)
class SightRow:
    """`wrote_at` is the person's last message, `here_at` when a stream of theirs was last known to be open.
    `person_saw` is the last event by staff that the person had before them, `staff_saw` the last one by the person
    that a counsellor had; 0 for none."""

    contact_id: str
    channel: str
    wrote_at: datetime
    here_at: datetime | None
    person_saw: int
    person_saw_at: datetime | None
    staff_saw: int
    staff_saw_at: datetime | None


_NOTHING: dict[str, Any] = {"person_saw": 0, "staff_saw": 0}
_COLUMNS = (
    contact.c.id.label("contact_id"),
    contact.c.channel,
    contact.c.last_seen_at.label("wrote_at"),
    sight.c.here_at,
    sa.func.coalesce(sight.c.person_saw, 0).label("person_saw"),
    sight.c.person_saw_at,
    sa.func.coalesce(sight.c.staff_saw, 0).label("staff_saw"),
    sight.c.staff_saw_at,
)


def of(connection: Connection, contact_ids: Collection[str]) -> dict[str, SightRow]:
    """What is known of these contacts; those that are gone are left out."""
    joined = sa.outerjoin(contact, sight, contact.c.id == sight.c.contact_id)
    query = sa.select(*_COLUMNS).select_from(joined).where(contact.c.id.in_(list(contact_ids)))
    return {row.contact_id: SightRow(**row._mapping) for row in connection.execute(query)}


def here(connection: Connection, contact_ids: Collection[str], at: datetime) -> None:
    """These have a stream open now. The caller has seen in the same transaction that they are there."""
    if contact_ids:
        rows = [{**_NOTHING, "contact_id": one, "here_at": at} for one in sorted(contact_ids)]
        statement = _insert(connection)(sight)
        on_conflict = statement.on_conflict_do_update(index_elements=["contact_id"], set_={"here_at": at})
        connection.execute(on_conflict, rows)


def person_saw(connection: Connection, contact_id: str, event: int, at: datetime) -> None:
    """The person had this event before them. A later one that is known already stays."""
    _put(connection, contact_id, sight.c.person_saw < event, {"person_saw": event, "person_saw_at": at})


def staff_saw(connection: Connection, contact_id: str, event: int, at: datetime) -> None:
    """A counsellor had this event before them. A later one that is known already stays."""
    _put(connection, contact_id, sight.c.staff_saw < event, {"staff_saw": event, "staff_saw_at": at})


def _put(connection: Connection, contact_id: str, is_later: Any, values: dict[str, Any]) -> None:
    statement = _insert(connection)(sight).values({**_NOTHING, "contact_id": contact_id, **values})
    connection.execute(statement.on_conflict_do_update(index_elements=["contact_id"], set_=values, where=is_later))


def _insert(connection: Connection) -> Any:
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
