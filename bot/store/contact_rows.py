"""Rows of contacts: one person at one door, and which worker is busy for them. Used by the conversations service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Connection
from bot.store.tables import contact

#: What stands between a person and the bot: a callback form that asks, a place in the queue, a counsellor who
#: has the conversation, a question how it was. The bot answers in the queue, and never while a counsellor is there.
FORM, QUEUED, HELD, SCORING = "form", "queued", "held", "scoring"


@dataclass(frozen=True)
class ContactRow:
    """`last_event` is the number of the newest event of the outbox, 0 before the first; `worker` has the
    contact until `lease_until`; `handoff` is one of the words above, or None for the bot alone."""

    id: str
    channel: str
    first_client_id: str | None
    language: str | None
    created_at: datetime
    last_event: int
    worker: str | None = None
    lease_until: datetime | None = None
    handoff: str | None = None

    def is_free_for(self, worker: str, now: datetime) -> bool:
        """Whether this worker may have the contact: it has it, or nobody does any more."""
        return self.worker in (None, worker) or self.lease_until is None or self.lease_until <= now


#: Statements are built once: building one costs about as much as SQLite needs to run it.
_COLUMNS = tuple(contact.c[name] for name in ContactRow.__dataclass_fields__)
_OF_ID = sa.select(*_COLUMNS).where(contact.c.id == sa.bindparam("contact_id"))
_OF_CLIENT = sa.select(*_COLUMNS).where(contact.c.first_client_id == sa.bindparam("client_id"))
#: Held against other writers, and not against rows that only point to the contact: whoever adds one of these while
#: it holds something else (a person of Messenger) would wait for us, and we for it.
_LOCK, _LOCK_OF_CLIENT = (query.with_for_update(key_share=True) for query in (_OF_ID, _OF_CLIENT))


def add(connection: Connection, new: ContactRow) -> bool:
    """Insert a contact; False when the `first_client_id` has one already."""
    values = {**new.__dict__, "last_seen_at": new.created_at}
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    done = connection.execute(insert(contact).values(**values).on_conflict_do_nothing())
    return bool(done.rowcount == 1)


def find(connection: Connection, contact_id: str) -> ContactRow | None:
    """The contact, as it is now."""
    return _first(connection, _OF_ID, contact_id=contact_id)


def lock(connection: Connection, contact_id: str) -> ContactRow | None:
    """The contact, held until the transaction ends: all that writes for a contact begins here, so it queues."""
    return _first(connection, _LOCK, contact_id=contact_id)


def lock_by_client(connection: Connection, first_client_id: str) -> ContactRow | None:
    """Like `lock`, for the contact whose first message had this client id."""
    return _first(connection, _LOCK_OF_CLIENT, client_id=first_client_id)


def remove(connection: Connection, contact_id: str) -> None:
    """Take a contact out that this transaction made and that nothing leads to."""
    connection.execute(sa.delete(contact).where(contact.c.id == contact_id))


def change(connection: Connection, contact_id: str, **values: Any) -> None:
    """Set columns of a contact."""
    connection.execute(_change(tuple(values)), {"contact_id": contact_id, **values})


def claim(connection: Connection, contact_id: str, worker: str, now: datetime, until: datetime) -> bool:
    """Give the contact to a worker unless another one's lease runs; in one statement, so only one wins."""
    is_free = sa.or_(contact.c.worker.is_(None), contact.c.worker == worker, contact.c.lease_until <= now)
    done = connection.execute(
        sa.update(contact).where(contact.c.id == contact_id, is_free).values(worker=worker, lease_until=until)
    )
    return bool(done.rowcount == 1)


def prolong(connection: Connection, contact_ids: list[str], worker: str, until: datetime) -> None:
    """Let the worker's leases of these contacts run longer; another worker's stay as they are."""
    mine = sa.and_(contact.c.id.in_(contact_ids), contact.c.worker == worker)
    connection.execute(sa.update(contact).where(mine).values(lease_until=until))


def release(connection: Connection, contact_id: str, worker: str) -> None:
    """End the worker's lease; another worker's stays."""
    connection.execute(
        sa.update(contact)
        .where(contact.c.id == contact_id, contact.c.worker == worker)
        .values(worker=None, lease_until=None)
    )


@lru_cache
def _change(names: tuple[str, ...]) -> Any:
    where = contact.c.id == sa.bindparam("contact_id")
    return sa.update(contact).where(where).values({name: sa.bindparam(name) for name in names})


def _first(connection: Connection, query: Any, **values: str) -> ContactRow | None:
    row = connection.execute(query, values).first()
    return ContactRow(**row._mapping) if row else None
