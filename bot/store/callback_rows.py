"""Rows of callbacks and of half-filled callback forms. Used by the callback service.

Name, address and question stand here and in the person's own conversation, nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.handoff_rows import HandoffRow
from bot.store.handoff_tables import callback, callback_draft, handoff


@dataclass(frozen=True)
class CallbackRow:
    """`address` is a telephone number (E.164) or an e-mail address, by `way`; `suits` says when.

    `appointed_at` is a moment that staff have set; `heard_at` is when the person was last told something.
    """

    handoff_id: str
    contact_id: str
    reference: str
    name: str
    way: str
    address: str
    suits: str
    question: str
    language: str
    consented_at: datetime
    deadline: datetime
    reminders: int = 0
    appointed_at: datetime | None = None
    heard_at: datetime | None = None


@dataclass(frozen=True)
class DraftRow:
    """A form that is being filled in: which step is asked, and what was answered by step."""

    contact_id: str
    step: str
    answers: dict[str, str]
    reason: str
    theme: str | None
    changed_at: datetime


def add(connection: Connection, row: CallbackRow) -> bool:
    """Insert a callback; False when the reference is taken."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(callback).values(**row.__dict__).on_conflict_do_nothing(index_elements=["reference"])
    return bool(connection.execute(statement).rowcount == 1)


def in_states(connection: Connection, states: tuple[str, ...]) -> list[tuple[CallbackRow, HandoffRow]]:
    """Callbacks whose hand-off is in one of the states, by deadline."""
    query = _BOTH.where(handoff.c.state.in_(states)).order_by(callback.c.deadline, callback.c.handoff_id)
    return [_pair(row) for row in connection.execute(query)]


def by_reference(connection: Connection, reference: str) -> tuple[CallbackRow, HandoffRow] | None:
    """One callback by its reference."""
    row = connection.execute(_BOTH.where(callback.c.reference == reference)).first()
    return _pair(row) if row else None


def of_handoff(connection: Connection, handoff_id: str) -> tuple[CallbackRow, HandoffRow] | None:
    """The callback of one hand-off."""
    row = connection.execute(_BOTH.where(callback.c.handoff_id == handoff_id)).first()
    return _pair(row) if row else None


def of_contact(connection: Connection, contact_id: str, state: str) -> list[tuple[CallbackRow, HandoffRow]]:
    """The contact's callbacks whose hand-off is in a state, the oldest first."""
    mine = sa.and_(callback.c.contact_id == contact_id, handoff.c.state == state)
    return [_pair(row) for row in connection.execute(_BOTH.where(mine).order_by(callback.c.handoff_id))]


def change(connection: Connection, handoff_id: str, **values: Any) -> None:
    """Set columns of the callback of a locked contact."""
    connection.execute(sa.update(callback).where(callback.c.handoff_id == handoff_id).values(**values))


def reminded(connection: Connection, handoff_id: str, before: int) -> bool:
    """Count a reminder; False when another process was quicker."""
    mine = sa.and_(callback.c.handoff_id == handoff_id, callback.c.reminders == before)
    return bool(connection.execute(sa.update(callback).where(mine).values(reminders=before + 1)).rowcount == 1)


def draft_of(connection: Connection, contact_id: str) -> DraftRow | None:
    """The contact's half-filled form."""
    row = connection.execute(sa.select(callback_draft).where(callback_draft.c.contact_id == contact_id)).first()
    return DraftRow(**row._mapping) if row else None


def keep_draft(connection: Connection, row: DraftRow) -> None:
    """Insert or replace the form of a locked contact."""
    drop_draft(connection, row.contact_id)
    connection.execute(sa.insert(callback_draft).values(**row.__dict__))


def drop_draft(connection: Connection, contact_id: str) -> None:
    """Forget the contact's form."""
    connection.execute(sa.delete(callback_draft).where(callback_draft.c.contact_id == contact_id))


def drafts_before(connection: Connection, moment: datetime) -> list[str]:
    """Contacts whose form nobody has touched since."""
    query = sa.select(callback_draft.c.contact_id).where(callback_draft.c.changed_at < moment)
    return list(connection.execute(query).scalars())


_CALLBACK_FIELDS = tuple(field.name for field in fields(CallbackRow))
_HANDOFF_FIELDS = tuple(field.name for field in fields(HandoffRow))
_BOTH = sa.select(
    *(callback.c[name].label(f"callback_{name}") for name in _CALLBACK_FIELDS),
    *(handoff.c[name].label(f"handoff_{name}") for name in _HANDOFF_FIELDS),
).join(handoff, handoff.c.id == callback.c.handoff_id)


def _pair(row: Any) -> tuple[CallbackRow, HandoffRow]:
    values = row._mapping
    return (
        CallbackRow(**{name: values[f"callback_{name}"] for name in _CALLBACK_FIELDS}),
        HandoffRow(**{name: values[f"handoff_{name}"] for name in _HANDOFF_FIELDS}),
    )
