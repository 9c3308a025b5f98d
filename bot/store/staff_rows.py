"""Rows of staff accounts, their sessions and one-time links. Used by the staff service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.staff_tables import staff, staff_link, staff_session


@dataclass(frozen=True)
class StaffRow:
    """One account. `name` is typed to sign in, `shown_name` is what others see."""

    id: str
    name: str
    shown_name: str
    role: str
    languages: list[str]
    password_hash: str | None
    is_active: bool
    created_at: datetime


@dataclass(frozen=True)
class SessionRow:
    """A session by the hash of its token; `used_at` is the last act of the person."""

    token_hash: str
    staff_id: str
    created_at: datetime
    used_at: datetime


@dataclass(frozen=True)
class LinkRow:
    """A one-time link by the hash of its token; without `staff_id` it makes the first administrator."""

    token_hash: str
    staff_id: str | None
    expires_at: datetime


def add(connection: Connection, row: StaffRow) -> bool:
    """Insert an account; False when the name is taken."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(staff).values(**row.__dict__).on_conflict_do_nothing(index_elements=["name"])
    return bool(connection.execute(statement).rowcount == 1)


def change(connection: Connection, staff_id: str, **values: Any) -> None:
    """Set columns of one account."""
    connection.execute(sa.update(staff).where(staff.c.id == staff_id).values(**values))


def find(connection: Connection, staff_id: str) -> StaffRow | None:
    """One account."""
    return _first(connection, staff.c.id == staff_id)


def by_name(connection: Connection, name: str) -> StaffRow | None:
    """The account with this name."""
    return _first(connection, staff.c.name == name)


def everybody(connection: Connection) -> list[StaffRow]:
    """All accounts by name."""
    return [StaffRow(**row._mapping) for row in connection.execute(sa.select(staff).order_by(staff.c.name))]


def lock_entering(connection: Connection, role: str) -> list[StaffRow]:
    """Accounts of a role that can be entered, held until the transaction ends: nobody else changes them now."""
    can_enter = sa.and_(staff.c.role == role, staff.c.is_active.is_(True), staff.c.password_hash.is_not(None))
    query = sa.select(staff).where(can_enter).order_by(staff.c.id).with_for_update()
    return [StaffRow(**row._mapping) for row in connection.execute(query)]


def add_session(connection: Connection, row: SessionRow) -> None:
    """Insert a session."""
    connection.execute(sa.insert(staff_session).values(**row.__dict__))


def find_session(connection: Connection, token_hash: str) -> SessionRow | None:
    """One session."""
    query = sa.select(staff_session).where(staff_session.c.token_hash == token_hash)
    row = connection.execute(query).first()
    return SessionRow(**row._mapping) if row else None


def use_session(connection: Connection, token_hash: str, at: datetime) -> None:
    """Note an act of the person."""
    mine = staff_session.c.token_hash == token_hash
    connection.execute(sa.update(staff_session).where(mine).values(used_at=at))


def drop_session(connection: Connection, token_hash: str) -> None:
    """End one session."""
    connection.execute(sa.delete(staff_session).where(staff_session.c.token_hash == token_hash))


def drop_sessions_of(connection: Connection, staff_id: str) -> None:
    """End all sessions of an account."""
    connection.execute(sa.delete(staff_session).where(staff_session.c.staff_id == staff_id))


def drop_sessions_before(connection: Connection, created: datetime, used: datetime) -> None:
    """Forget sessions that are over."""
    is_over = sa.or_(staff_session.c.created_at < created, staff_session.c.used_at < used)
    connection.execute(sa.delete(staff_session).where(is_over))


def put_link(connection: Connection, row: LinkRow) -> None:
    """Insert a link; earlier ones for the same purpose end."""
    is_same = staff_link.c.staff_id.is_(None) if row.staff_id is None else staff_link.c.staff_id == row.staff_id
    connection.execute(sa.delete(staff_link).where(is_same))
    connection.execute(sa.insert(staff_link).values(**row.__dict__))


def find_link(connection: Connection, token_hash: str) -> LinkRow | None:
    """One link."""
    row = connection.execute(sa.select(staff_link).where(staff_link.c.token_hash == token_hash)).first()
    return LinkRow(**row._mapping) if row else None


def use_link(connection: Connection, token_hash: str) -> bool:
    """Spend a link; of many who try at once one gets True."""
    done = connection.execute(sa.delete(staff_link).where(staff_link.c.token_hash == token_hash))
    return bool(done.rowcount == 1)


def drop_links_of(connection: Connection, staff_id: str) -> None:
    """End the links of an account."""
    connection.execute(sa.delete(staff_link).where(staff_link.c.staff_id == staff_id))


def _first(connection: Connection, where: Any) -> StaffRow | None:
    row = connection.execute(sa.select(staff).where(where)).first()
    return StaffRow(**row._mapping) if row else None
