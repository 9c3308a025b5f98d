"""Rows of hand-offs as the desk lists them: what ended lately, and a stamp that says whether anything changed."""

from __future__ import annotations

from dataclasses import dataclass, fields

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.desk_tables import talk_tag
from bot.store.handoff_rows import WITH_COUNSELLOR, HandoffRow
from bot.store.handoff_tables import handoff, handoff_change
from bot.store.tables import message

_ENDED = ("closed", "expired", "cancelled")
_FIELDS = tuple(handoff.c[field.name] for field in fields(HandoffRow))


def ended(connection: Connection, count: int, tag: str | None = None) -> list[HandoffRow]:
    """What ended, the newest first; with a tag, what has it."""
    query = sa.select(*_FIELDS).where(handoff.c.state.in_(_ENDED), handoff.c.ended_at.is_not(None))
    if tag is not None:
        query = query.where(handoff.c.id.in_(sa.select(talk_tag.c.handoff_id).where(talk_tag.c.tag == tag)))
    rows = connection.execute(query.order_by(handoff.c.ended_at.desc()).limit(count))
    return [HandoffRow(**row._mapping) for row in rows]


@dataclass(frozen=True)
class HeldRow:
    """A talk that a counsellor has, with the event and the role of the newest message."""

    handoff_id: str
    contact_id: str
    staff: str
    event: int
    role: str


_said = message.alias("said")
_newest = sa.select(sa.func.max(_said.c.event)).where(_said.c.contact_id == handoff.c.contact_id).scalar_subquery()
_HELD = (
    sa.select(
        handoff.c.id.label("handoff_id"), handoff.c.contact_id, handoff.c.staff, message.c.event, message.c.role
    )
    .select_from(handoff)
    .join(message, sa.and_(message.c.contact_id == handoff.c.contact_id, message.c.event == _newest))
    .where(handoff.c.state == WITH_COUNSELLOR)
    .order_by(handoff.c.id)
)


def held(connection: Connection) -> list[HeldRow]:
    """All talks that are with a counsellor, the oldest first."""
    return [HeldRow(**row._mapping) for row in connection.execute(_HELD)]


def last_change(connection: Connection) -> str:
    """The id of the newest change of any hand-off; ids sort by time."""
    return str(connection.execute(sa.select(sa.func.max(handoff_change.c.id))).scalar() or "")
