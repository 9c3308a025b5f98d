"""Rows of group activities, one per occurrence. Written by the sync of the agenda, read by all that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.tables import activity

#: SQLite and PostgreSQL both take so many values in one statement.
_IDS_AT_ONCE = 500


@dataclass(frozen=True)
class ActivityRow:
    """The columns as they are stored; what they mean: `bot.services.agenda.activity`."""

    id: str
    source: str
    uid: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    theme: str | None
    languages: list[str]
    mode: str | None
    platform: str | None
    link: str | None
    place: str | None
    audience: list[str]
    organisers: list[str]
    capacity: int | None
    places_left: int | None
    registration_url: str | None
    status: str
    moved_from: datetime | None
    is_sample: bool


_columns = [activity.c[name] for name in ActivityRow.__dataclass_fields__]


def by_ids(connection: Connection, ids: Sequence[str]) -> list[ActivityRow]:
    """Those that are there, in no particular order."""
    rows: list[ActivityRow] = []
    for at in range(0, len(ids), _IDS_AT_ONCE):
        query = sa.select(*_columns).where(activity.c.id.in_(ids[at : at + _IDS_AT_ONCE]))
        rows.extend(ActivityRow(*row) for row in connection.execute(query))
    return rows


def of_source(connection: Connection, source: str) -> list[ActivityRow]:
    """All rows of a source, by start."""
    query = sa.select(*_columns).where(activity.c.source == source).order_by(activity.c.starts_at, activity.c.id)
    return [ActivityRow(*row) for row in connection.execute(query)]


class SearchedRow(NamedTuple):
    """The columns that are searched. Rows that say the same in a column share one value."""

    id: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    theme: str | None
    mode: str | None
    is_online_too: bool
    has_place: bool
    languages: tuple[str, ...]
    audience: tuple[str, ...]
    titles: tuple[str, ...]
    organisers: tuple[str, ...]


_searched = [
    *(activity.c[name] for name in SearchedRow._fields[:6]),
    sa.or_(activity.c.platform.is_not(None), activity.c.link.is_not(None)),
    activity.c.place.is_not(None),
    *(sa.type_coerce(activity.c[name], sa.Text) for name in SearchedRow._fields[8:]),
]


def searched(connection: Connection, without_status: str) -> list[SearchedRow]:
    """What is searched of every row whose status is another one; by start, then id."""
    query = (
        sa.select(*_searched).where(activity.c.status != without_status).order_by(activity.c.starts_at, activity.c.id)
    )
    values_of: dict[str, tuple[str, ...]] = {}

    def values(text: str) -> tuple[str, ...]:
        found = values_of.get(text)
        if found is None:
            decoded = json.loads(text)
            found = values_of[text] = tuple(decoded.values() if isinstance(decoded, dict) else decoded)
        return found

    return [SearchedRow(*row[:8], *map(values, row[8:])) for row in connection.execute(query)]


def add(connection: Connection, rows: Iterable[ActivityRow]) -> None:
    """Insert rows whose ids are new."""
    if values := [row.__dict__ for row in rows]:
        connection.execute(sa.insert(activity), values)


def change(connection: Connection, rows: Iterable[ActivityRow]) -> None:
    """Write over the rows with these ids."""
    if values := [{**row.__dict__, "_id": row.id} for row in rows]:
        statement = sa.update(activity).where(activity.c.id == sa.bindparam("_id"))
        written = {name: sa.bindparam(name) for name in ActivityRow.__dataclass_fields__ if name != "id"}
        connection.execute(
            statement.values(**written), [{k: v for k, v in one.items() if k != "id"} for one in values]
        )


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Delete rows."""
    for at in range(0, len(ids), _IDS_AT_ONCE):
        connection.execute(sa.delete(activity).where(activity.c.id.in_(ids[at : at + _IDS_AT_ONCE])))


def remove_source(connection: Connection, source: str) -> int:
    """Delete all rows of a source; how many there were."""
    return int(connection.execute(sa.delete(activity).where(activity.c.source == source)).rowcount)


def sources(connection: Connection) -> set[str]:
    """The names of the sources that rows come from."""
    return set(connection.execute(sa.select(activity.c.source).distinct()).scalars())
