"""The tables of Messenger: its people, what was sent to them, its pages, and requests of Meta to erase somebody.

`metadata` is that of all tables; whoever needs every table takes it from the newest file of tables.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.handoff_tables import metadata
from bot.store.tables import UtcDateTime

__all__ = [
    "messenger_call",
    "messenger_deletion",
    "messenger_page",
    "messenger_person",
    "messenger_piece",
    "messenger_unsent",
    "metadata",
]

_Id = sa.String(36)
_Page = sa.String(32)

messenger_person = sa.Table(
    "messenger_person",
    metadata,
    sa.Column("page_id", _Page, primary_key=True),
    sa.Column("psid", sa.String(64), primary_key=True),  # the person's id at this page alone
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False, unique=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("locale", sa.String(16)),  # of the profile, once it was asked for
    sa.Column("last_from_person_at", UtcDateTime),  # by Meta's clock, as all moments down to `opted_out_at`
    sa.Column("thread", sa.String(16), nullable=False),  # ours or elsewhere
    sa.Column("thread_since", UtcDateTime),  # when it was last passed to us or taken back
    sa.Column("silent_until", UtcDateTime),  # staff writes from the page's inbox
    sa.Column("got_until", UtcDateTime),  # all that was sent before has reached the person
    sa.Column("read_until", UtcDateTime),  # all that was sent before has been read
    sa.Column("opted_out_at", UtcDateTime),
    sa.Column("delivered_seq", sa.Integer, nullable=False),  # the last event of the outbox that was sent,
    sa.Column("delivered_part", sa.Integer, nullable=False),  # and the last piece of it
    sa.Column("sending_seq", sa.Integer),  # a piece of which Meta has not yet said that it came,
    sa.Column("sending_part", sa.Integer),
    sa.Column("sending_at", UtcDateTime),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("state_at", UtcDateTime),
    sa.Column("attempts", sa.Integer, nullable=False),  # to send the next piece
    sa.Column("next_try_at", UtcDateTime),
    sa.Column("worker", sa.String(128)),  # who sends, until `lease_until`
    sa.Column("lease_until", UtcDateTime),
)

messenger_call = sa.Table(
    "messenger_call",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),  # in the order in which the calls came
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # as Meta sent it, until it is worked off
    sa.Column("attempts", sa.Integer, nullable=False),  # that failed
)

messenger_piece = sa.Table(
    "messenger_piece",
    metadata,
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("mid", sa.String(128), nullable=False),
    sa.Index("messenger_piece_of_mid", "contact_id", "mid"),
)

messenger_unsent = sa.Table(
    "messenger_unsent",
    metadata,
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),  # an event of the outbox, not sent whole
    sa.Column("reason", sa.String(32), nullable=False),
)

messenger_page = sa.Table(
    "messenger_page",
    metadata,
    sa.Column("page_id", _Page, primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("state_at", UtcDateTime, nullable=False),
)

messenger_deletion = sa.Table(
    "messenger_deletion",
    metadata,
    sa.Column("code", sa.String(64), primary_key=True),
    sa.Column("user_id", sa.String(64)),  # as Meta named the person; NULL once everything is erased
    sa.Column("requested_at", UtcDateTime, nullable=False),
    sa.Column("done_at", UtcDateTime),
)
