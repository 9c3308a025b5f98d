"""The tables of conversations and of the agenda. Their history is in `migrations/`; a test keeps both equal."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

_NUL_REPLACED = {0: "\N{REPLACEMENT CHARACTER}"}


class UtcDateTime(TypeDecorator):  # type: ignore[misc]
    """A moment with its time zone: UTC inside, also on SQLite, which knows no time zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(timezone.utc)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


class PlainText(TypeDecorator):  # type: ignore[misc]
    """What people write. NUL and half characters, which PostgreSQL refuses, are replaced."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else _storable(value)


class JsonText(TypeDecorator):  # type: ignore[misc]
    """A JSON value as text, the same bytes in every database; None is NULL."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else _storable(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else json.loads(value)


def _storable(text: str) -> str:
    return text.translate(_NUL_REPLACED).encode("utf-8", "replace").decode("utf-8")


metadata = sa.MetaData()

_Id = sa.String(36)
_Language = sa.String(2)

contact = sa.Table(
    "contact",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("first_client_id", sa.String(128), unique=True),
    sa.Column("language", _Language),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("last_seen_at", UtcDateTime, nullable=False),
    sa.Column("worker", sa.String(128)),
    sa.Column("lease_until", UtcDateTime),
    sa.Column("last_event", sa.Integer, nullable=False),
    sa.Column("handoff", sa.String(16)),  # what stands between the person and the bot, as in contact_rows
)

conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("last_message_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("page", PlainText),
    sa.Column("language", _Language),
    sa.Index("conversation_of_contact", "contact_id", "id"),
)

message = sa.Table(
    "message",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("conversation_id", _Id, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),  # 1, 2, 3 … within the conversation
    sa.Column("event", sa.Integer, nullable=False),  # the contact's event that announced it
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("client_id", sa.String(128)),
    sa.Column("text", PlainText),
    sa.Column("choice", sa.String(128)),
    sa.Column("choice_title", PlainText),
    sa.Column("reply", JsonText),
    sa.Column("language", _Language),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("in_reply_to", _Id),
    sa.Column("rating", sa.String(8)),
    sa.Column("rating_comment", PlainText),
    sa.Column("page", PlainText),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("contact_id", "client_id", name="message_of_client"),
    sa.UniqueConstraint("conversation_id", "seq", name="message_of_conversation"),
    sa.UniqueConstraint("contact_id", "event", name="message_of_event"),
    sa.Index("message_in_reply_to", "in_reply_to"),
    sa.Index(
        "message_waiting",
        "contact_id",
        "event",
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    ),
)

turn = sa.Table(
    "turn",
    metadata,
    sa.Column("message_id", _Id, sa.ForeignKey("message.id"), primary_key=True),
    sa.Column("conversation_id", _Id, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("language", _Language),
    sa.Column("intent", sa.String(128)),
    sa.Column("confidence", sa.Float),
    sa.Column("margin", sa.Float),
    sa.Column("ranking", JsonText),
    sa.Column("decision", sa.String(32)),
    sa.Column("topic", sa.String(128)),
    sa.Column("release", sa.String(128)),
    sa.Column("milliseconds", JsonText),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Index("turn_of_conversation", "conversation_id"),
    sa.Index("turn_at", "created_at"),
)

erased_conversation = sa.Table(
    "erased_conversation",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("erased_at", UtcDateTime, nullable=False),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("payload", JsonText, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

activity = sa.Table(
    "activity",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("uid", PlainText, nullable=False),
    sa.Column("titles", JsonText, nullable=False),
    sa.Column("descriptions", JsonText, nullable=False),
    sa.Column("starts_at", UtcDateTime, nullable=False),
    sa.Column("ends_at", UtcDateTime, nullable=False),
    sa.Column("is_all_day", sa.Boolean, nullable=False),
    sa.Column("theme", sa.String(32)),
    sa.Column("languages", JsonText, nullable=False),
    sa.Column("mode", sa.String(16)),
    sa.Column("platform", PlainText),
    sa.Column("link", PlainText),
    sa.Column("place", PlainText),
    sa.Column("audience", JsonText, nullable=False),
    sa.Column("organisers", JsonText, nullable=False),
    sa.Column("capacity", sa.Integer),
    sa.Column("places_left", sa.Integer),
    sa.Column("registration_url", PlainText),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("moved_from", UtcDateTime),
    sa.Column("is_sample", sa.Boolean, nullable=False),
    sa.Index("activity_at", "starts_at", "id"),
    sa.Index("activity_of_source", "source"),
)

agenda_source = sa.Table(
    "agenda_source",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("is_sample", sa.Boolean, nullable=False),
    sa.Column("activities", sa.Integer, nullable=False),
    sa.Column("tried_at", UtcDateTime, nullable=False),
    sa.Column("good_at", UtcDateTime),  # when it was last read whole: the age of what stands in `activity`
    sa.Column("failing_since", UtcDateTime),
    sa.Column("reason", PlainText),
    sa.Column("read_from", sa.String(64)),  # fingerprint of what the rows were made from
)

agenda = sa.Table(
    "agenda",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # one row, 1
    sa.Column("stamp", sa.Integer, nullable=False),  # rises with every change, so that readers know
    sa.Column("synced_at", UtcDateTime),
    sa.Column("worker", sa.String(128)),
    sa.Column("lease_until", UtcDateTime),
)
