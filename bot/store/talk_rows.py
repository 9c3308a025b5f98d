"""Rows of hand-offs as the desk lists them: what ended lately, and a stamp that says whether anything changed."""

from __future__ import annotations

from dataclasses import fields

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.handoff_rows import HandoffRow
from bot.store.handoff_tables import handoff, handoff_change

_ENDED = ("closed", "expired", "cancelled")
_FIELDS = tuple(handoff.c[field.name] for field in fields(HandoffRow))


def ended(connection: Connection, count: int) -> list[HandoffRow]:
    """What ended, the newest first."""
    query = sa.select(*_FIELDS).where(handoff.c.state.in_(_ENDED), handoff.c.ended_at.is_not(None))
    rows = connection.execute(query.order_by(handoff.c.ended_at.desc()).limit(count))
    return [HandoffRow(**row._mapping) for row in rows]


def last_change(connection: Connection) -> str:
    """The id of the newest change of any hand-off; ids sort by time."""
    return str(connection.execute(sa.select(sa.func.max(handoff_change.c.id))).scalar() or "")
