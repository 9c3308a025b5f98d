"""Rows of sign-ins: who tried from where, and what became of it. Used by the staff service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.staff_tables import sign_in

#: BEGUN counts as failed until the password is checked, so that many guesses at once are counted too.
BEGUN, OK, REFUSED, THROTTLED, LINK = "begun", "ok", "refused", "throttled", "link"
_FAILED = (BEGUN, REFUSED)


@dataclass(frozen=True)
class SignInRow:
    """One try. `staff_id` is None where no account has the name."""

    id: str
    account_hash: str
    staff_id: str | None
    address: str
    at: datetime
    outcome: str


def add(connection: Connection, row: SignInRow) -> None:
    """Insert a try."""
    connection.execute(sa.insert(sign_in).values(**row.__dict__))


def settle(connection: Connection, sign_in_id: str, outcome: str) -> None:
    """Note what became of a try."""
    connection.execute(sa.update(sign_in).where(sign_in.c.id == sign_in_id).values(outcome=outcome))


def failed_for(connection: Connection, account_hash: str, since: datetime) -> int:
    """Failures of an account since a moment, or since it last succeeded; what has just begun counts too."""
    mine = sign_in.c.account_hash == account_hash
    last = sa.select(sa.func.max(sign_in.c.id)).where(mine, sign_in.c.outcome == OK)
    last_id = connection.execute(last).scalar() or ""
    return _count(connection, mine, sign_in.c.id > last_id, since=since)


def failed_from(connection: Connection, address: str, since: datetime) -> int:
    """Failures from an address since a moment."""
    return _count(connection, sign_in.c.address == address, since=since)


def latest(connection: Connection, count: int) -> list[SignInRow]:
    """The newest tries first."""
    query = sa.select(sign_in).order_by(sign_in.c.id.desc()).limit(count)
    return [SignInRow(**row._mapping) for row in connection.execute(query)]


def forget_before(connection: Connection, moment: datetime) -> None:
    """Drop what is older."""
    connection.execute(sa.delete(sign_in).where(sign_in.c.at < moment))


def _count(connection: Connection, *where: sa.sql.ColumnElement, since: datetime) -> int:
    is_failed = sa.and_(sign_in.c.at >= since, sign_in.c.outcome.in_(_FAILED))
    query = sa.select(sa.func.count()).select_from(sign_in).where(is_failed, *where)
    return int(connection.execute(query).scalar_one())
