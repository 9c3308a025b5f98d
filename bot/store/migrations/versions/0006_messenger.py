"""People of Messenger: who they are at which page, and what was sent to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)
_CONTACT = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "messenger_person",
        sa.Column("page_id", sa.String(32), primary_key=True),
        sa.Column("psid", sa.String(64), primary_key=True),
        sa.Column("contact_id", _CONTACT, sa.ForeignKey("contact.id"), nullable=False, unique=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("locale", sa.String(16)),
        sa.Column("last_from_person_at", _MOMENT),
        sa.Column("thread", sa.String(16), nullable=False),
        sa.Column("thread_since", _MOMENT),
        sa.Column("silent_until", _MOMENT),
        sa.Column("got_until", _MOMENT),
        sa.Column("read_until", _MOMENT),
        sa.Column("opted_out_at", _MOMENT),
        sa.Column("delivered_seq", sa.Integer, nullable=False),
        sa.Column("delivered_part", sa.Integer, nullable=False),
        sa.Column("sending_seq", sa.Integer),
        sa.Column("sending_part", sa.Integer),
        sa.Column("sending_at", _MOMENT),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("state_at", _MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", _MOMENT),
        sa.Column("worker", sa.String(128)),
        sa.Column("lease_until", _MOMENT),
    )
    op.create_table(
        "messenger_piece",
        sa.Column("contact_id", _CONTACT, sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("mid", sa.String(128), nullable=False),
    )
    op.create_index("messenger_piece_of_mid", "messenger_piece", ["contact_id", "mid"])
    op.create_table(
        "messenger_unsent",
        sa.Column("contact_id", _CONTACT, sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("reason", sa.String(32), nullable=False),
    )
    op.create_table(
        "messenger_page",
        sa.Column("page_id", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("state_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "messenger_deletion",
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.String(64)),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT),
    )


def downgrade() -> None:
    for table in ("messenger_deletion", "messenger_page", "messenger_unsent", "messenger_piece", "messenger_person"):
        op.drop_table(table)
