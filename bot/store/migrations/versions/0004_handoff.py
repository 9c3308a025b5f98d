"""The hand-off to people: states, history, callbacks, presence of counsellors, notices to staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)
_LIVE = sa.text("state IN ('waiting', 'with_counsellor')")
_IN_QUEUE = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.add_column("contact", sa.Column("handoff", sa.String(16)))
    op.create_table(
        "handoff",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("theme", sa.String(64)),
        sa.Column("staff", sa.String(64)),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT),
        sa.Column("claimed_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
        sa.Column("outcome", sa.String(32)),
        sa.Column("score", sa.Integer),
    )
    op.create_index("handoff_of_contact", "handoff", ["contact_id", "id"])
    op.create_index("handoff_in_state", "handoff", ["state", "id"])
    op.create_index("handoff_of_conversation", "handoff", ["conversation_id"])
    op.create_index(
        "handoff_live", "handoff", ["contact_id"], unique=True, postgresql_where=_LIVE, sqlite_where=_LIVE
    )
    op.create_index(
        "handoff_waiting", "handoff", ["requested_at"], postgresql_where=_IN_QUEUE, sqlite_where=_IN_QUEUE
    )
    op.create_table(
        "handoff_change",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("handoff_id", sa.String(36), sa.ForeignKey("handoff.id"), nullable=False),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("before", sa.String(16)),
        sa.Column("after", sa.String(16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("note", sa.String(128)),
    )
    op.create_index("handoff_change_of", "handoff_change", ["handoff_id", "id"])
    op.create_index("handoff_change_of_contact", "handoff_change", ["contact_id"])
    _create_callbacks()
    _create_staff()


def _create_callbacks() -> None:
    op.create_table(
        "callback",
        sa.Column("handoff_id", sa.String(36), sa.ForeignKey("handoff.id"), primary_key=True),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("reference", sa.String(12), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("suits", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("consented_at", _MOMENT, nullable=False),
        sa.Column("deadline", _MOMENT, nullable=False),
        sa.Column("reminders", sa.Integer, nullable=False),
    )
    op.create_index("callback_of_contact", "callback", ["contact_id"])
    op.create_index("callback_due", "callback", ["deadline"])
    op.create_table(
        "callback_draft",
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("theme", sa.String(64)),
        sa.Column("changed_at", _MOMENT, nullable=False),
    )


def _create_staff() -> None:
    op.create_table(
        "presence",
        sa.Column("staff", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("themes", sa.Text, nullable=False),
        sa.Column("is_present", sa.Boolean, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("idle_since", _MOMENT, nullable=False),
    )
    op.create_table(
        "staff_notice",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("handoff_id", sa.String(36), nullable=False),
        sa.Column("reference", sa.String(12)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", _MOMENT, nullable=False),
    )
    op.create_index("staff_notice_due", "staff_notice", ["next_try_at"])


def downgrade() -> None:
    for table in ("staff_notice", "presence", "callback_draft", "callback", "handoff_change", "handoff"):
        op.drop_table(table)
    with op.batch_alter_table("contact") as contact:
        contact.drop_column("handoff")
