"""Rows of messages, of visitors and of the bot. Used by the conversations service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.tables import message

VISITOR, BOT, SYSTEM, COUNSELLOR = "visitor", "bot", "system", "counsellor"
WAITING, DONE, SET_ASIDE = "waiting", "done", "set_aside"
#: Between the person and the staff: an answer to the callback form, or words to a counsellor. No export shows it.
PRIVATE = "private"


@dataclass(frozen=True)
class MessageRow:
    """`seq` counts within the conversation (`add` gives the next one), `event` is the number of its event in
    the outbox."""

    id: str
    contact_id: str
    conversation_id: str
    event: int
    role: str
    created_at: datetime
    seq: int = 0
    client_id: str | None = None
    text: str | None = None
    choice: str | None = None
    choice_title: str | None = None
    reply: dict[str, Any] | None = None
    language: str | None = None
    state: str = DONE
    attempts: int = 0
    in_reply_to: str | None = None
    rating: str | None = None
    rating_comment: str | None = None
    page: str | None = None


#: Statements are built once: building one costs about as much as SQLite needs to run it.
_NEXT_SEQ = (
    sa.select(sa.func.coalesce(sa.func.max(message.c.seq), 0) + 1)
    .where(message.c.conversation_id == sa.bindparam("conversation_id", type_=sa.String))
    .scalar_subquery()
)
_ADD = sa.insert(message).values(
    {**{name: sa.bindparam(name) for name in MessageRow.__dataclass_fields__}, "seq": _NEXT_SEQ}
)


def add(connection: Connection, row: MessageRow) -> None:
    """Insert a message as the next of its conversation; the contact is locked by the caller."""
    connection.execute(_ADD, row.__dict__)


#: Written out, not bound: only so does the planner see that the partial index serves.
_IS_WAITING = sa.text(f"message.state = '{WAITING}'")
_BY_CLIENT = sa.select(message).where(
    message.c.contact_id == sa.bindparam("contact_id"), message.c.client_id == sa.bindparam("client_id")
)
_NEXT_WAITING = (
    sa.select(message)
    .where(message.c.contact_id == sa.bindparam("contact_id"), _IS_WAITING)
    .order_by(message.c.event)
    .limit(1)
)
_FINISH = (
    sa.update(message)
    .where(message.c.id == sa.bindparam("message_id"), message.c.state == WAITING)
    .values(
        state=sa.bindparam("end"),
        language=sa.func.coalesce(sa.bindparam("known", type_=sa.String), message.c.language),
    )
)


def find(connection: Connection, message_id: str) -> MessageRow | None:
    """One message."""
    return _first(connection, sa.select(message).where(message.c.id == message_id))


def by_client(connection: Connection, contact_id: str, client_id: str) -> MessageRow | None:
    """The contact's message that came with this client id."""
    return _first(connection, _BY_CLIENT, contact_id=contact_id, client_id=client_id)


def contacts_waiting(connection: Connection) -> list[str]:
    """Contacts with a message that waits; who waits longest comes first (ids sort by time)."""
    query = (
        sa.select(message.c.contact_id)
        .where(_IS_WAITING)
        .group_by(message.c.contact_id)
        .order_by(sa.func.min(message.c.id))
    )
    return list(connection.execute(query).scalars())


def next_waiting(connection: Connection, contact_id: str) -> MessageRow | None:
    """The contact's oldest message that waits."""
    return _first(connection, _NEXT_WAITING, contact_id=contact_id)


def finish(connection: Connection, message_id: str, state: str, language: str | None) -> bool:
    """Take a waiting message to its end; False when it is there already or gone."""
    done = connection.execute(_FINISH, {"message_id": message_id, "end": state, "known": language})
    return bool(done.rowcount == 1)


def silence(connection: Connection, contact_id: str) -> None:
    """Take all that waits for the bot out of its hands: a counsellor reads it now."""
    is_theirs = sa.and_(message.c.contact_id == contact_id, _IS_WAITING)
    connection.execute(sa.update(message).where(is_theirs).values(state=PRIVATE))


def count_attempt(connection: Connection, message_id: str) -> int:
    """One attempt more; how many there were, 0 when the message is gone."""
    where = message.c.id == message_id
    connection.execute(sa.update(message).where(where).values(attempts=message.c.attempts + 1))
    return int(connection.execute(sa.select(message.c.attempts).where(where)).scalar() or 0)


def last_answer(connection: Connection, contact_id: str) -> MessageRow | None:
    """The bot's last answer; thanks for a rating is no answer that could be rated."""
    asked = message.alias("asked")
    query = (
        sa.select(message)
        .join(asked, asked.c.id == message.c.in_reply_to)
        .where(
            message.c.contact_id == contact_id,
            message.c.role == BOT,
            sa.or_(asked.c.choice.is_(None), asked.c.choice.not_like("feedback:%")),
        )
        .order_by(message.c.event.desc())
        .limit(1)
    )
    return _first(connection, query)


def last_event_by(connection: Connection, contact_id: str, role: str, until: int) -> int:
    """The number of the last event, `until` included, in which somebody with this role spoke; 0 for none."""
    said = sa.and_(message.c.contact_id == contact_id, message.c.role == role, message.c.event <= until)
    return int(connection.execute(sa.select(sa.func.max(message.c.event)).where(said)).scalar() or 0)


def newest(connection: Connection, contact_id: str) -> MessageRow | None:
    """The contact's last message, whoever said it."""
    query = sa.select(message).where(message.c.contact_id == contact_id).order_by(message.c.event.desc()).limit(1)
    return _first(connection, query)


def rate(connection: Connection, message_id: str, value: str, comment: str | None) -> None:
    """Set the rating of a bot's message."""
    connection.execute(
        sa.update(message).where(message.c.id == message_id).values(rating=value, rating_comment=comment)
    )


def of_contact(connection: Connection, contact_id: str) -> list[MessageRow]:
    """All messages of a contact in the order in which they were stored."""
    query = sa.select(message).where(message.c.contact_id == contact_id).order_by(message.c.event)
    return [MessageRow(**row._mapping) for row in connection.execute(query)]


def _first(connection: Connection, query: Any, **values: str) -> MessageRow | None:
    row = connection.execute(query, values).first()
    return MessageRow(**row._mapping) if row else None
