"""Notes, tags and proposals of counsellors, to whom a talk is passed on, and what each side has seen of the other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("handoff", sa.Column("meant_for", sa.String(64)))
    op.add_column("handoff", sa.Column("meant_until", _MOMENT))
    op.add_column("handoff", sa.Column("passed_by", sa.String(64)))
    op.create_table(
        "talk_note",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("handoff_id", sa.String(36), sa.ForeignKey("handoff.id"), nullable=False),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("meant_for", sa.String(64)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_index("talk_note_of_contact", "talk_note", ["contact_id", "id"])
    op.create_index("talk_note_of_handoff", "talk_note", ["handoff_id"])
    op.create_table(
        "talk_tag",
        sa.Column("handoff_id", sa.String(36), sa.ForeignKey("handoff.id"), primary_key=True),
        sa.Column("tag", sa.String(32), primary_key=True),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_index("talk_tag_of_contact", "talk_tag", ["contact_id"])
    op.create_index("talk_tag_at", "talk_tag", ["tag", "at"])
    _create_proposal()
    _create_sight()


def _create_sight() -> None:
    op.add_column("presence", sa.Column("active_at", _MOMENT))
    op.add_column("presence", sa.Column("idle_at", _MOMENT))
    op.create_table(
        "sight",
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("here_at", _MOMENT),
        sa.Column("person_saw", sa.Integer, nullable=False),
        sa.Column("person_saw_at", _MOMENT),
        sa.Column("staff_saw", sa.Integer, nullable=False),
        sa.Column("staff_saw_at", _MOMENT),
    )


def _create_proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("reference", sa.String(12), nullable=False, unique=True),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(128)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("ended_by", sa.String(64)),
        sa.Column("outcome", sa.Text),
    )
    op.create_index("proposal_in_state", "proposal", ["state", "id"])
    op.create_index("proposal_of_contact", "proposal", ["contact_id"])


def downgrade() -> None:
    for table in ("sight", "proposal", "talk_tag", "talk_note"):
        op.drop_table(table)
    with op.batch_alter_table("presence") as presence:
        for column in ("idle_at", "active_at"):
            presence.drop_column(column)
    with op.batch_alter_table("handoff") as handoff:
        for column in ("passed_by", "meant_until", "meant_for"):
            handoff.drop_column(column)
