"""The tables of staff: accounts, sessions, one-time links, the record of sign-ins, what administrators changed.

Nothing about visitors stands here. `metadata` is that of all tables; whoever needs every table takes it from here.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.messenger_tables import metadata
from bot.store.tables import JsonText, PlainText, UtcDateTime

__all__ = ["metadata", "sign_in", "staff", "staff_change", "staff_link", "staff_session"]

_Id = sa.String(36)
_Hash = sa.String(64)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),  # signed in with; small letters
    sa.Column("shown_name", PlainText, nullable=False),  # what visitors and colleagues see
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("languages", JsonText, nullable=False),
    sa.Column("password_hash", sa.Text),  # NULL until the one-time link is used
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

staff_session = sa.Table(
    "staff_session",
    metadata,
    sa.Column("token_hash", _Hash, primary_key=True),
    sa.Column("staff_id", _Id, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime, nullable=False),
    sa.Index("staff_session_of", "staff_id"),
)

staff_link = sa.Table(
    "staff_link",
    metadata,
    sa.Column("token_hash", _Hash, primary_key=True),
    sa.Column("staff_id", _Id, sa.ForeignKey("staff.id")),  # NULL: makes the first administrator
    sa.Column("expires_at", UtcDateTime, nullable=False),
)

sign_in = sa.Table(
    "sign_in",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    # Of the name that was typed, which may be a password in the wrong field.
    sa.Column("account_hash", _Hash, nullable=False),
    sa.Column("staff_id", _Id),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Index("sign_in_of_account", "account_hash", "at"),
    sa.Index("sign_in_from", "address", "at"),
    sa.Index("sign_in_of_staff", "staff_id", "id"),
)

staff_change = sa.Table(
    "staff_change",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(64), nullable=False),  # the id of a member of staff, or "operator"
    sa.Column("what", sa.String(32), nullable=False),
    sa.Column("staff_id", _Id),  # whose account; NULL for the opening hours
    sa.Column("detail", JsonText),  # what it was and what it is
)
