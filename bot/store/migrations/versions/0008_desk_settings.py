"""What administrators change at the desk and who did it; appointments and letters of callbacks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "staff_change",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("detail", sa.Text),
    )
    op.create_index("sign_in_of_staff", "sign_in", ["staff_id", "id"])
    op.add_column("callback", sa.Column("appointed_at", _MOMENT))
    op.add_column("callback", sa.Column("heard_at", _MOMENT))
    op.create_table(
        "callback_act",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("handoff_id", sa.String(36), sa.ForeignKey("handoff.id"), nullable=False),
        sa.Column("contact_id", sa.String(36), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("callback_act_of", "callback_act", ["handoff_id", "id"])
    op.create_index("callback_act_of_contact", "callback_act", ["contact_id"])


def downgrade() -> None:
    op.drop_table("callback_act")
    with op.batch_alter_table("callback") as callback:
        for column in ("heard_at", "appointed_at"):
            callback.drop_column(column)
    op.drop_index("sign_in_of_staff", "sign_in")
    op.drop_table("staff_change")
