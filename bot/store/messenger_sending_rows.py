"""What of the outbox could not be sent to people of Messenger, and how much waits at each page. For the sender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.messenger_tables import messenger_person as person
from bot.store.messenger_tables import messenger_unsent as unsent
from bot.store.tables import contact


@dataclass(frozen=True)
class Backlog:
    """How many people of a page wait for something, and since when the longest of them does."""

    page_id: str
    people: int
    since: datetime | None


def add_unsent(connection: Connection, contact_id: str, seq: int, reason: str) -> None:
    """Keep that an event was not sent, or not all of it, and why (a short word); the first reason stays."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    values = {"contact_id": contact_id, "seq": seq, "reason": reason}
    connection.execute(insert(unsent).values(**values).on_conflict_do_nothing())


def unsent_of(connection: Connection, contact_id: str) -> dict[int, str]:
    """The events of a contact that were not sent, with the reason of each."""
    query = sa.select(unsent.c.seq, unsent.c.reason).where(unsent.c.contact_id == contact_id)
    return {row.seq: row.reason for row in connection.execute(query)}


def let_go_on(connection: Connection, page_id: str) -> int:
    """Nobody of this page has to wait for the next try any more; how many did."""
    waits = sa.and_(person.c.page_id == page_id, person.c.next_try_at.is_not(None))
    return int(connection.execute(sa.update(person).where(waits).values(next_try_at=None)).rowcount)


def backlogs(connection: Connection) -> list[Backlog]:
    """The people for whom something waits for a next try, by page."""
    query = (
        sa.select(person.c.page_id, sa.func.count(), sa.func.min(person.c.sending_at, type_=person.c.sending_at.type))
        .join(contact, contact.c.id == person.c.contact_id)
        .where(person.c.next_try_at.is_not(None), contact.c.last_event > person.c.delivered_seq)
        .group_by(person.c.page_id)
        .order_by(person.c.page_id)
    )
    return [Backlog(*row) for row in connection.execute(query)]
