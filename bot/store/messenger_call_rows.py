"""Rows of Meta's calls that are stored and not yet worked off, in the order in which they came."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.messenger_tables import messenger_call as call


@dataclass(frozen=True)
class CallRow:
    """`body` is what Meta sent; `attempts` to work it off have failed."""

    id: int
    received_at: datetime
    body: bytes
    attempts: int


_COLUMNS = tuple(call.c[name] for name in CallRow.__dataclass_fields__)
_ADD = sa.insert(call)
_OLDEST = sa.select(*_COLUMNS).order_by(call.c.id).limit(sa.bindparam("at_most"))


def add(connection: Connection, bodies: Iterable[bytes], at: datetime) -> None:
    """Append calls, in this order."""
    connection.execute(_ADD, [{"received_at": at, "body": body, "attempts": 0} for body in bodies])


def oldest(connection: Connection, limit: int) -> list[CallRow]:
    """The calls that came first."""
    return [CallRow(**row._mapping) for row in connection.execute(_OLDEST, {"at_most": limit})]


def take(connection: Connection, ids: Collection[int]) -> set[int]:
    """Remove these calls in the transaction that works them off; those that another gateway has not worked off."""
    kept = sa.select(call.c.id).where(call.c.id.in_(ids)).order_by(call.c.id).with_for_update()
    found = set(connection.execute(kept).scalars())
    connection.execute(sa.delete(call).where(call.c.id.in_(found)))
    return found


def failed(connection: Connection, call_id: int) -> None:
    """One more attempt has failed."""
    connection.execute(sa.update(call).where(call.c.id == call_id).values(attempts=call.c.attempts + 1))


def count(connection: Connection) -> int:
    """How many there are."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(call)).scalar_one())
