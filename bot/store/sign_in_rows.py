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


@dataclass(frozen=True)
class Wanted:
    """Which tries: since a moment, of one account or of names that no account has, with one outcome."""

    since: datetime
    staff_id: str | None = None
    is_unknown: bool = False
    outcome: str | None = None


def matching(connection: Connection, wanted: Wanted, count: int, skip: int = 0) -> list[SignInRow]:
    """Those tries, the newest first."""
    query = sa.select(sign_in).where(*_where(wanted)).order_by(sign_in.c.id.desc()).limit(count).offset(skip)
    return [SignInRow(**row._mapping) for row in connection.execute(query)]


def count_matching(connection: Connection, wanted: Wanted) -> int:
    """How many tries these are."""
    return int(
        connection.execute(sa.select(sa.func.count()).select_from(sign_in).where(*_where(wanted))).scalar_one()
    )


def last_entries(connection: Connection) -> dict[str, datetime]:
    """When each account was last entered, by password or link, as far as the record goes."""
    query = (
        sa.select(sign_in.c.staff_id, sa.func.max(sign_in.c.at, type_=sign_in.c.at.type))
        .where(sign_in.c.outcome.in_((OK, LINK)), sign_in.c.staff_id.is_not(None))
        .group_by(sign_in.c.staff_id)
    )
    return {str(staff_id): at for staff_id, at in connection.execute(query)}


def forget_before(connection: Connection, moment: datetime) -> None:
    """Drop what is older."""
    connection.execute(sa.delete(sign_in).where(sign_in.c.at < moment))


def _where(wanted: Wanted) -> list[sa.sql.ColumnElement]:
    found = [sign_in.c.at >= wanted.since]
    if wanted.is_unknown:
        found.append(sign_in.c.staff_id.is_(None))
    elif wanted.staff_id:
        found.append(sign_in.c.staff_id == wanted.staff_id)
    if wanted.outcome:
        found.append(sign_in.c.outcome == wanted.outcome)
    return found


def _count(connection: Connection, *where: sa.sql.ColumnElement, since: datetime) -> int:
    is_failed = sa.and_(sign_in.c.at >= since, sign_in.c.outcome.in_(_FAILED))
    query = sa.select(sa.func.count()).select_from(sign_in).where(is_failed, *where)
    return int(connection.execute(query).scalar_one())
