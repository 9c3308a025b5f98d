"""The tables of the hand-off to people: who waits, who is held by whom, callbacks, presence, notices to staff.

`metadata` is that of all tables; whoever needs every table takes it from here.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import JsonText, PlainText, UtcDateTime, metadata

__all__ = [
    "callback",
    "callback_act",
    "callback_draft",
    "handoff",
    "handoff_change",
    "metadata",
    "presence",
    "sight",
    "staff_notice",
]

_Id = sa.String(36)
_Language = sa.String(2)
_Staff = sa.String(64)
_LIVE = "state IN ('waiting', 'with_counsellor')"
_IN_QUEUE = "state = 'waiting'"

handoff = sa.Table(
    "handoff",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("conversation_id", _Id, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("language", _Language, nullable=False),
    sa.Column("theme", sa.String(64)),
    sa.Column("staff", _Staff),
    sa.Column("requested_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime),  # while it waits
    sa.Column("claimed_at", UtcDateTime),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("outcome", sa.String(32)),
    sa.Column("score", sa.Integer),  # 1 to 5, after closing
    # Passed on: for whom it is kept until when, and by whom.
    sa.Column("meant_for", _Staff),
    sa.Column("meant_until", UtcDateTime),
    sa.Column("passed_by", _Staff),
    sa.Index("handoff_of_contact", "contact_id", "id"),
    sa.Index("handoff_in_state", "state", "id"),
    sa.Index("handoff_of_conversation", "conversation_id"),
    # A person is in one queue or with one counsellor, never twice.
    sa.Index(
        "handoff_live",
        "contact_id",
        unique=True,
        postgresql_where=sa.text(_LIVE),
        sqlite_where=sa.text(_LIVE),
    ),
    sa.Index(
        "handoff_waiting",
        "requested_at",
        postgresql_where=sa.text(_IN_QUEUE),
        sqlite_where=sa.text(_IN_QUEUE),
    ),
)

handoff_change = sa.Table(
    "handoff_change",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("handoff_id", _Id, sa.ForeignKey("handoff.id"), nullable=False),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("before", sa.String(16)),
    sa.Column("after", sa.String(16), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", _Staff, nullable=False),  # visitor, system, or the id of a member of staff
    sa.Column("note", sa.String(128)),
    sa.Index("handoff_change_of", "handoff_id", "id"),
    sa.Index("handoff_change_of_contact", "contact_id"),
)

callback = sa.Table(
    "callback",
    metadata,
    sa.Column("handoff_id", _Id, sa.ForeignKey("handoff.id"), primary_key=True),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("reference", sa.String(12), nullable=False, unique=True),
    sa.Column("name", PlainText, nullable=False),
    sa.Column("way", sa.String(16), nullable=False),
    sa.Column("address", PlainText, nullable=False),
    sa.Column("suits", PlainText, nullable=False),
    sa.Column("question", PlainText, nullable=False),
    sa.Column("language", _Language, nullable=False),
    sa.Column("consented_at", UtcDateTime, nullable=False),
    sa.Column("deadline", UtcDateTime, nullable=False),
    sa.Column("reminders", sa.Integer, nullable=False),  # how many staff had
    sa.Column("appointed_at", UtcDateTime),  # when somebody of the staff answers, once that is agreed
    sa.Column("heard_at", UtcDateTime),  # when the person was last told something
    sa.Index("callback_of_contact", "contact_id"),
    sa.Index("callback_due", "deadline"),
)

callback_act = sa.Table(
    "callback_act",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("handoff_id", _Id, sa.ForeignKey("handoff.id"), nullable=False),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", _Staff, nullable=False),
    sa.Column("detail", JsonText, nullable=False),  # a moment and why, or a letter
    sa.Index("callback_act_of", "handoff_id", "id"),
    sa.Index("callback_act_of_contact", "contact_id"),
)

callback_draft = sa.Table(
    "callback_draft",
    metadata,
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("step", sa.String(16), nullable=False),
    sa.Column("answers", JsonText, nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("theme", sa.String(64)),
    sa.Column("changed_at", UtcDateTime, nullable=False),
)

presence = sa.Table(
    "presence",
    metadata,
    sa.Column("staff", _Staff, primary_key=True),
    sa.Column("name", PlainText, nullable=False),
    sa.Column("languages", JsonText, nullable=False),
    sa.Column("themes", JsonText, nullable=False),  # none: every theme
    sa.Column("is_present", sa.Boolean, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("idle_since", UtcDateTime, nullable=False),
    sa.Column("active_at", UtcDateTime),  # the last act: a key, the pointer, a request
    sa.Column("idle_at", UtcDateTime),  # set away for want of acts, until they come or leave
)

sight = sa.Table(
    "sight",
    metadata,
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), primary_key=True),
    sa.Column("here_at", UtcDateTime),  # when a stream of the person was last known to be open
    sa.Column("person_saw", sa.Integer, nullable=False),  # the last event by staff that the person had before them
    sa.Column("person_saw_at", UtcDateTime),
    sa.Column("staff_saw", sa.Integer, nullable=False),  # the last event by the person that a counsellor had
    sa.Column("staff_saw_at", UtcDateTime),
)

staff_notice = sa.Table(
    "staff_notice",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("handoff_id", _Id, nullable=False),
    sa.Column("reference", sa.String(12)),
    sa.Column("language", _Language, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try_at", UtcDateTime, nullable=False),
    sa.Index("staff_notice_due", "next_try_at"),
)
