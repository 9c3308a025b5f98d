"""Rows of Messenger's people: one contact each, how far it was told, and which gateway sends to it.

Used by the Messenger services. What is written for a person takes the contact first (`contact_rows.lock`), except
for how far the sending is, which the holder of the sending lease alone changes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.messenger_tables import messenger_person as person
from bot.store.tables import contact

#: The thread is this app's to answer, or another's (the page's inbox).
OURS, ELSEWHERE = "ours", "elsewhere"
#: Nothing is known that hinders sending.
OK = "ok"
#: As `delivered_part`: nothing of the event is left to send. Pieces count from 1.
ALL_PARTS = 9_999


@dataclass(frozen=True)
class MessengerPersonRow:
    """All of the outbox up to `delivered_seq` was sent, and of that event the pieces up to `delivered_part`.

    `sending_seq` and `sending_part` name a piece that was handed to Meta at `sending_at` without hearing back.
    """

    page_id: str
    psid: str
    contact_id: str
    created_at: datetime
    locale: str | None = None
    last_from_person_at: datetime | None = None
    thread: str = OURS
    thread_since: datetime | None = None
    silent_until: datetime | None = None
    got_until: datetime | None = None
    read_until: datetime | None = None
    opted_out_at: datetime | None = None
    delivered_seq: int = 0
    delivered_part: int = ALL_PARTS
    sending_seq: int | None = None
    sending_part: int | None = None
    sending_at: datetime | None = None
    state: str = OK
    state_at: datetime | None = None
    attempts: int = 0
    next_try_at: datetime | None = None
    worker: str | None = None
    lease_until: datetime | None = None


_COLUMNS = tuple(person.c[name] for name in MessengerPersonRow.__dataclass_fields__)
_FIND = sa.select(*_COLUMNS).where(person.c.page_id == sa.bindparam("page_id"), person.c.psid == sa.bindparam("psid"))
_OF_CONTACT = sa.select(*_COLUMNS).where(person.c.contact_id == sa.bindparam("of"))
_IS_FURTHER = sa.or_(
    person.c.delivered_seq < sa.bindparam("seq"),
    sa.and_(person.c.delivered_seq == sa.bindparam("seq"), person.c.delivered_part < sa.bindparam("part")),
)
_MARK_DELIVERED = (
    sa.update(person)
    .where(person.c.contact_id == sa.bindparam("of"), _IS_FURTHER)
    .values(
        delivered_seq=sa.bindparam("seq"),
        delivered_part=sa.bindparam("part"),
        sending_seq=None,
        sending_part=None,
        sending_at=None,
        attempts=0,
        next_try_at=None,
    )
)


def add(connection: Connection, new: MessengerPersonRow) -> bool:
    """Insert a person; False when the page has one with this id already."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    done = connection.execute(insert(person).values(**new.__dict__).on_conflict_do_nothing())
    return bool(done.rowcount == 1)


def find(connection: Connection, page_id: str, psid: str) -> MessengerPersonRow | None:
    """The person with this id at this page."""
    return _first(connection, _FIND, page_id=page_id, psid=psid)


def of_contact(connection: Connection, contact_id: str) -> MessengerPersonRow | None:
    """The person of a contact; None for a contact of another door."""
    return _first(connection, _OF_CONTACT, of=contact_id)


def of_psid(connection: Connection, psid: str) -> list[MessengerPersonRow]:
    """Whoever has this id, at any page."""
    rows = connection.execute(sa.select(*_COLUMNS).where(person.c.psid == psid))
    return [MessengerPersonRow(**row._mapping) for row in rows]


def change(connection: Connection, contact_id: str, **values: Any) -> None:
    """Set columns of a person."""
    connection.execute(_change(tuple(sorted(values))), {"of": contact_id, **values})


def return_threads(connection: Connection, page_id: str, at: datetime) -> int:
    """All threads of a page that are elsewhere are ours again; how many."""
    is_away = sa.and_(person.c.page_id == page_id, person.c.thread == ELSEWHERE)
    done = connection.execute(
        sa.update(person).where(is_away).values(thread=OURS, thread_since=at, silent_until=None)
    )
    return int(done.rowcount)


def with_undelivered(
    connection: Connection, now: datetime, limit: int, without_pages: Collection[str] = ()
) -> list[MessengerPersonRow]:
    """People for whom the outbox holds more than was sent, whom nobody sends to and whose pause is over.

    Who waits longest for the next try comes first.
    """
    is_behind = sa.or_(contact.c.last_event > person.c.delivered_seq, person.c.delivered_part < ALL_PARTS)
    is_free = sa.or_(person.c.worker.is_(None), person.c.lease_until <= now)
    is_due = sa.or_(person.c.next_try_at.is_(None), person.c.next_try_at <= now)
    query = (
        sa.select(*_COLUMNS)
        .join(contact, contact.c.id == person.c.contact_id)
        .where(is_behind, is_free, is_due, person.c.page_id.not_in(without_pages))
        .order_by(sa.func.coalesce(person.c.next_try_at, person.c.last_from_person_at), person.c.contact_id)
        .limit(limit)
    )
    return [MessengerPersonRow(**row._mapping) for row in connection.execute(query)]


def mark_delivered(connection: Connection, contact_id: str, seq: int, part: int) -> bool:
    """Note that all up to this piece was sent (`ALL_PARTS`: the whole event); False when that was known.

    The next piece begins without failed attempts.
    """
    done = connection.execute(_MARK_DELIVERED, {"of": contact_id, "seq": seq, "part": part})
    return bool(done.rowcount == 1)


def mark_sending(connection: Connection, contact_id: str, seq: int, part: int, at: datetime) -> None:
    """Note that a piece is handed to Meta now: until `mark_delivered` nobody knows whether it came."""
    change(connection, contact_id, sending_seq=seq, sending_part=part, sending_at=at)


def mark_state(connection: Connection, contact_id: str, state: str, at: datetime | None = None) -> None:
    """Note what hinders sending to a person (a short word), or `OK`, and since when."""
    change(connection, contact_id, state=state, state_at=at)


def claim(connection: Connection, contact_id: str, worker: str, now: datetime, until: datetime) -> bool:
    """Give the sending to a worker unless another one's lease runs; in one statement, so only one wins."""
    is_free = sa.or_(person.c.worker.is_(None), person.c.worker == worker, person.c.lease_until <= now)
    done = connection.execute(
        sa.update(person).where(person.c.contact_id == contact_id, is_free).values(worker=worker, lease_until=until)
    )
    return bool(done.rowcount == 1)


def prolong(connection: Connection, contact_ids: list[str], worker: str, until: datetime) -> None:
    """Let the worker's sending leases run longer; another worker's stay as they are."""
    mine = sa.and_(person.c.contact_id.in_(contact_ids), person.c.worker == worker)
    connection.execute(sa.update(person).where(mine).values(lease_until=until))


def release(connection: Connection, contact_id: str, worker: str) -> None:
    """End the worker's sending lease; another worker's stays."""
    mine = sa.and_(person.c.contact_id == contact_id, person.c.worker == worker)
    connection.execute(sa.update(person).where(mine).values(worker=None, lease_until=None))


@lru_cache
def _change(names: tuple[str, ...]) -> Any:
    where = person.c.contact_id == sa.bindparam("of")
    return sa.update(person).where(where).values({name: sa.bindparam(name) for name in names})


def _first(connection: Connection, query: Any, **values: str) -> MessengerPersonRow | None:
    row = connection.execute(query, values).first()
    return MessengerPersonRow(**row._mapping) if row else None
