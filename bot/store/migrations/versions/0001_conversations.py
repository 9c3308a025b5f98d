"""Contacts, conversations, messages, turns and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.String(36)
_MOMENT = sa.DateTime(timezone=True)
_IS_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("first_client_id", sa.String(128), unique=True),
        sa.Column("language", sa.String(2)),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("last_seen_at", _MOMENT, nullable=False),
        sa.Column("worker", sa.String(128)),
        sa.Column("lease_until", _MOMENT),
        sa.Column("last_event", sa.Integer, nullable=False),
    )
    op.create_table(
        "conversation",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("contact_id", _ID, sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("last_message_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("page", sa.Text),
        sa.Column("language", sa.String(2)),
    )
    op.create_index("conversation_of_contact", "conversation", ["contact_id", "id"])
    _create_message()
    op.create_table(
        "turn",
        sa.Column("message_id", _ID, sa.ForeignKey("message.id"), primary_key=True),
        sa.Column("conversation_id", _ID, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("intent", sa.String(128)),
        sa.Column("confidence", sa.Float),
        sa.Column("margin", sa.Float),
        sa.Column("ranking", sa.Text),
        sa.Column("decision", sa.String(32)),
        sa.Column("topic", sa.String(128)),
        sa.Column("release", sa.String(128)),
        sa.Column("milliseconds", sa.Text),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_index("turn_of_conversation", "turn", ["conversation_id"])
    op.create_index("turn_at", "turn", ["created_at"])
    op.create_table(
        "outbox",
        sa.Column("contact_id", _ID, sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("contact_id", _ID, sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("conversation_id", _ID, sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("event", sa.Integer, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("client_id", sa.String(128)),
        sa.Column("text", sa.Text),
        sa.Column("choice", sa.String(128)),
        sa.Column("choice_title", sa.Text),
        sa.Column("reply", sa.Text),
        sa.Column("language", sa.String(2)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("in_reply_to", _ID),
        sa.Column("rating", sa.String(8)),
        sa.Column("rating_comment", sa.Text),
        sa.Column("page", sa.Text),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("contact_id", "client_id", name="message_of_client"),
        sa.UniqueConstraint("conversation_id", "seq", name="message_of_conversation"),
        sa.UniqueConstraint("contact_id", "event", name="message_of_event"),
    )
    op.create_index("message_in_reply_to", "message", ["in_reply_to"])
    op.create_index(
        "message_waiting",
        "message",
        ["contact_id", "event"],
        postgresql_where=_IS_WAITING,
        sqlite_where=_IS_WAITING,
    )


def downgrade() -> None:
    for table in ("outbox", "turn", "message", "conversation", "contact"):
        op.drop_table(table)
