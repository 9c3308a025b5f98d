"""Rows of presence: which counsellors are there, and whom they can serve. Used by the hand-off service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.handoff_tables import presence


@dataclass(frozen=True)
class PresenceRow:
    """No `themes` means every theme. `seen_at` is the last sign of life, `idle_since` the end of the last talk,
    `active_at` the last act (None: none yet), `idle_at` when the clock set them away for want of acts."""

    staff: str
    name: str
    languages: list[str]
    themes: list[str]
    is_present: bool
    seen_at: datetime
    idle_since: datetime
    active_at: datetime | None = None
    idle_at: datetime | None = None


def put(connection: Connection, row: PresenceRow) -> None:
    """Insert or replace what is known of one counsellor."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    changed = {name: value for name, value in row.__dict__.items() if name != "staff"}
    statement = insert(presence).values(**row.__dict__)
    connection.execute(statement.on_conflict_do_update(index_elements=["staff"], set_=changed))


def seen(connection: Connection, staff: str, at: datetime) -> None:
    """A sign of life."""
    connection.execute(sa.update(presence).where(presence.c.staff == staff).values(seen_at=at))


def active(connection: Connection, staff: str, at: datetime) -> None:
    """An act, which is a sign of life too."""
    connection.execute(sa.update(presence).where(presence.c.staff == staff).values(seen_at=at, active_at=at))


def idle(connection: Connection, staff: str, since: datetime) -> None:
    """The counsellor has ended a talk."""
    connection.execute(sa.update(presence).where(presence.c.staff == staff).values(idle_since=since))


def find(connection: Connection, staff: str) -> PresenceRow | None:
    """One counsellor."""
    row = connection.execute(sa.select(presence).where(presence.c.staff == staff)).first()
    return PresenceRow(**row._mapping) if row else None


def names(connection: Connection) -> dict[str, str]:
    """By what name visitors and colleagues know each."""
    return {row.staff: row.name for row in connection.execute(sa.select(presence.c.staff, presence.c.name))}


def present(connection: Connection) -> list[str]:
    """Who says to be there."""
    return list(connection.execute(sa.select(presence.c.staff).where(presence.c.is_present.is_(True))).scalars())


def present_since(connection: Connection, moment: datetime) -> list[PresenceRow]:
    """Who is there and has shown a sign of life since a moment."""
    query = sa.select(presence).where(presence.c.is_present.is_(True), presence.c.seen_at >= moment)
    return [PresenceRow(**row._mapping) for row in connection.execute(query.order_by(presence.c.staff))]


def silent_since(connection: Connection, moment: datetime) -> list[PresenceRow]:
    """Who says to be there and has shown no sign of life since."""
    query = sa.select(presence).where(presence.c.is_present.is_(True), presence.c.seen_at < moment)
    return [PresenceRow(**row._mapping) for row in connection.execute(query.order_by(presence.c.staff))]
