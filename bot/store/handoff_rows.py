"""Rows of hand-offs and of their history. Used by the hand-off and callback services.

Whoever changes a hand-off has locked its contact before, except for the claim, which one statement decides.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.foundation.ids import uuid7
from bot.store.database import Connection
from bot.store.handoff_tables import handoff, handoff_change

WAITING, WITH_COUNSELLOR = "waiting", "with_counsellor"


@dataclass(frozen=True)
class HandoffRow:
    """`expires_at` holds while it waits; `staff` has it, or had it last; `score` is 1 to 5. When it was passed on,
    it is kept `meant_for` a colleague until `meant_until`, by `passed_by`."""

    id: str
    contact_id: str
    conversation_id: str
    state: str
    reason: str
    language: str
    theme: str | None
    requested_at: datetime
    staff: str | None = None
    expires_at: datetime | None = None
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    score: int | None = None
    meant_for: str | None = None
    meant_until: datetime | None = None
    passed_by: str | None = None


@dataclass(frozen=True)
class ChangeRow:
    """One change of state; `by` is visitor, system or the id of a member of staff."""

    before: str | None
    after: str
    at: datetime
    by: str
    note: str | None


def add(connection: Connection, row: HandoffRow, by: str) -> None:
    """Insert a hand-off and the first line of its history."""
    connection.execute(sa.insert(handoff).values(**row.__dict__))
    _note_change(connection, row, None, row.state, row.requested_at, by, None)


#: For the columns that say to whom it is passed on.
NOT_PASSED_ON: dict[str, None] = {"meant_for": None, "meant_until": None, "passed_by": None}

#: Written out, not bound: only so does the planner see that the partial indexes serve.
_IS_IN_QUEUE = sa.text(f"handoff.state = '{WAITING}'")
_IS_LIVE = sa.text(f"handoff.state IN ('{WAITING}', '{WITH_COUNSELLOR}')")


def find(connection: Connection, handoff_id: str) -> HandoffRow | None:
    """One hand-off."""
    return _first(connection, sa.select(handoff).where(handoff.c.id == handoff_id))


def live_of(connection: Connection, contact_id: str) -> HandoffRow | None:
    """The contact's hand-off that waits or is with a counsellor."""
    return _first(connection, sa.select(handoff).where(handoff.c.contact_id == contact_id, _IS_LIVE))


def last_of(connection: Connection, contact_id: str, state: str) -> HandoffRow | None:
    """The contact's newest hand-off in a state."""
    query = (
        sa.select(handoff)
        .where(handoff.c.contact_id == contact_id, handoff.c.state == state)
        .order_by(handoff.c.id.desc())
        .limit(1)
    )
    return _first(connection, query)


def waiting(connection: Connection) -> list[HandoffRow]:
    """All that wait, longest first."""
    query = sa.select(handoff).where(_IS_IN_QUEUE).order_by(handoff.c.requested_at, handoff.c.id)
    return [HandoffRow(**row._mapping) for row in connection.execute(query)]


def held(connection: Connection, staff: str | None = None) -> list[HandoffRow]:
    """All that are with a counsellor, or with this one; the oldest first."""
    query = sa.select(handoff).where(handoff.c.state == WITH_COUNSELLOR).order_by(handoff.c.id)
    if staff is not None:
        query = query.where(handoff.c.staff == staff)
    return [HandoffRow(**row._mapping) for row in connection.execute(query)]


def contacts_among(connection: Connection, contact_ids: Collection[str]) -> set[str]:
    """Those of the contacts that have a hand-off of any state."""
    query = sa.select(handoff.c.contact_id).where(handoff.c.contact_id.in_(list(contact_ids))).distinct()
    return set(connection.execute(query).scalars())


def place_of(connection: Connection, row: HandoffRow) -> int:
    """The place in the queue, 1 for the next."""
    earlier = sa.or_(
        handoff.c.requested_at < row.requested_at,
        sa.and_(handoff.c.requested_at == row.requested_at, handoff.c.id < row.id),
    )
    query = sa.select(sa.func.count()).select_from(handoff).where(_IS_IN_QUEUE, earlier)
    return int(connection.execute(query).scalar_one()) + 1


def claim(connection: Connection, row: HandoffRow, staff: str, now: datetime) -> bool:
    """Give a hand-off that waits to a counsellor; in one statement, so only one wins."""
    is_free = sa.and_(handoff.c.id == row.id, handoff.c.state == WAITING)
    values = {"state": WITH_COUNSELLOR, "staff": staff, "claimed_at": now, "expires_at": None, **NOT_PASSED_ON}
    done = connection.execute(sa.update(handoff).where(is_free).values(**values))
    if done.rowcount != 1:
        return False
    _note_change(connection, row, WAITING, WITH_COUNSELLOR, now, staff, None)
    return True


def change(
    connection: Connection,
    row: HandoffRow,
    state: str,
    now: datetime,
    by: str,
    note: str | None = None,
    **values: Any,
) -> None:
    """Bring a hand-off into another state, and note who did it when."""
    connection.execute(sa.update(handoff).where(handoff.c.id == row.id).values(state=state, **values))
    _note_change(connection, row, row.state, state, now, by, note)


def score(connection: Connection, handoff_id: str, value: int) -> None:
    """Keep how content the person was, 1 to 5."""
    connection.execute(sa.update(handoff).where(handoff.c.id == handoff_id).values(score=value))


def history(connection: Connection, handoff_id: str) -> list[ChangeRow]:
    """Every change, the first one first."""
    columns = tuple(handoff_change.c[name] for name in ChangeRow.__dataclass_fields__)
    query = sa.select(*columns).where(handoff_change.c.handoff_id == handoff_id).order_by(handoff_change.c.id)
    return [ChangeRow(**row._mapping) for row in connection.execute(query)]


def _note_change(
    connection: Connection,
    row: HandoffRow,
    before: str | None,
    after: str,
    at: datetime,
    by: str,
    note: str | None,
) -> None:
    values = {
        "id": uuid7(),
        "handoff_id": row.id,
        "contact_id": row.contact_id,
        "before": before,
        "after": after,
        "at": at,
        "by": by,
        "note": note,
    }
    connection.execute(sa.insert(handoff_change).values(**values))


def _first(connection: Connection, query: Any) -> HandoffRow | None:
    row = connection.execute(query).first()
    return HandoffRow(**row._mapping) if row else None
