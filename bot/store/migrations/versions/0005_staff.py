"""Staff of the desk: accounts, sessions, one-time links, the record of sign-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("shown_name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("staff_id", sa.String(36), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=False),
    )
    op.create_index("staff_session_of", "staff_session", ["staff_id"])
    op.create_table(
        "staff_link",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("staff_id", sa.String(36), sa.ForeignKey("staff.id")),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("account_hash", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
    )
    op.create_index("sign_in_of_account", "sign_in", ["account_hash", "at"])
    op.create_index("sign_in_from", "sign_in", ["address", "at"])


def downgrade() -> None:
    for table in ("sign_in", "staff_link", "staff_session", "staff"):
        op.drop_table(table)
