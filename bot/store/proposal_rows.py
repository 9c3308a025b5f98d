"""Rows of proposals: phrases and answers that counsellors propose to the content team. Texts are masked before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.desk_tables import proposal

OPEN, TAKEN, REFUSED = "open", "taken", "refused"


@dataclass(frozen=True)
class ProposalRow:
    """`kind` is phrase or answer; `topic` None is one that is not there yet; `outcome` is said by who ended it."""

    id: str
    reference: str
    contact_id: str
    kind: str
    topic: str | None
    language: str
    text: str
    comment: str | None
    staff: str
    at: datetime
    state: str = OPEN
    ended_at: datetime | None = None
    ended_by: str | None = None
    outcome: str | None = None


def add(connection: Connection, row: ProposalRow) -> None:
    """Insert a proposal."""
    connection.execute(sa.insert(proposal).values(**row.__dict__))


def find(connection: Connection, reference: str) -> ProposalRow | None:
    """One proposal by its reference."""
    row = connection.execute(sa.select(proposal).where(proposal.c.reference == reference)).first()
    return ProposalRow(**row._mapping) if row else None


def in_states(connection: Connection, states: tuple[str, ...], count: int) -> list[ProposalRow]:
    """The newest proposals first."""
    query = sa.select(proposal).where(proposal.c.state.in_(states)).order_by(proposal.c.id.desc()).limit(count)
    return [ProposalRow(**row._mapping) for row in connection.execute(query)]


def end(connection: Connection, row: ProposalRow, state: str, at: datetime, by: str, outcome: str | None) -> bool:
    """Take an open proposal to its end; of several who try at once one gets True."""
    is_open = sa.and_(proposal.c.id == row.id, proposal.c.state == OPEN)
    values = {"state": state, "ended_at": at, "ended_by": by, "outcome": outcome}
    done = connection.execute(sa.update(proposal).where(is_open).values(**values))
    return bool(done.rowcount == 1)
