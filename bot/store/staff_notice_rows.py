"""Rows of notices to staff that are still to be sent, by e-mail or Slack. Used by the notify service.

A row names a hand-off; the words are composed when it is sent, so an erased person is in no waiting notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.handoff_tables import staff_notice


@dataclass(frozen=True)
class StaffNoticeRow:
    """`reference` is that of the callback, where there is one."""

    id: str
    kind: str
    channel: str
    handoff_id: str
    reference: str | None
    language: str
    created_at: datetime
    attempts: int
    next_try_at: datetime


def add(connection: Connection, row: StaffNoticeRow) -> None:
    """Insert a notice."""
    connection.execute(sa.insert(staff_notice).values(**row.__dict__))


def due(connection: Connection, now: datetime, limit: int) -> list[StaffNoticeRow]:
    """Notices whose time has come, the oldest first."""
    query = (
        sa.select(staff_notice)
        .where(staff_notice.c.next_try_at <= now)
        .order_by(staff_notice.c.next_try_at, staff_notice.c.id)
        .limit(limit)
    )
    return [StaffNoticeRow(**row._mapping) for row in connection.execute(query)]


def take(connection: Connection, row: StaffNoticeRow, next_try_at: datetime) -> bool:
    """Begin an attempt; False when another process has begun it or the notice is gone."""
    mine = sa.and_(staff_notice.c.id == row.id, staff_notice.c.attempts == row.attempts)
    values = {"attempts": row.attempts + 1, "next_try_at": next_try_at}
    return bool(connection.execute(sa.update(staff_notice).where(mine).values(**values)).rowcount == 1)


def remove(connection: Connection, notice_id: str) -> None:
    """The notice is told, or nobody needs it any more."""
    connection.execute(sa.delete(staff_notice).where(staff_notice.c.id == notice_id))


def failing(connection: Connection) -> dict[str, int]:
    """How many notices of each channel were tried and are still not told."""
    query = (
        sa.select(staff_notice.c.channel, sa.func.count())
        .where(staff_notice.c.attempts > 0)
        .group_by(staff_notice.c.channel)
    )
    return {str(channel): int(count) for channel, count in connection.execute(query)}
