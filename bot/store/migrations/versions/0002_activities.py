"""Group activities, their sources, and who brings them up to date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("titles", sa.Text, nullable=False),
        sa.Column("descriptions", sa.Text, nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("is_all_day", sa.Boolean, nullable=False),
        sa.Column("theme", sa.String(32)),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("mode", sa.String(16)),
        sa.Column("platform", sa.Text),
        sa.Column("link", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("organisers", sa.Text, nullable=False),
        sa.Column("capacity", sa.Integer),
        sa.Column("places_left", sa.Integer),
        sa.Column("registration_url", sa.Text),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("moved_from", _MOMENT),
        sa.Column("is_sample", sa.Boolean, nullable=False),
    )
    op.create_index("activity_at", "activity", ["starts_at", "id"])
    op.create_index("activity_of_source", "activity", ["source"])
    op.create_table(
        "agenda_source",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("activities", sa.Integer, nullable=False),
        sa.Column("tried_at", _MOMENT, nullable=False),
        sa.Column("good_at", _MOMENT),
        sa.Column("failing_since", _MOMENT),
        sa.Column("reason", sa.Text),
        sa.Column("read_from", sa.String(64)),
    )
    op.create_table(
        "agenda",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("stamp", sa.Integer, nullable=False),
        sa.Column("synced_at", _MOMENT),
        sa.Column("worker", sa.String(128)),
        sa.Column("lease_until", _MOMENT),
    )
    op.execute("INSERT INTO agenda (id, stamp) VALUES (1, 0)")


def downgrade() -> None:
    for table in ("agenda", "agenda_source", "activity"):
        op.drop_table(table)
