"""The tables of the counsellors' tools: notes among colleagues, tags of a talk, proposals to the content team.

`metadata` is that of all tables; whoever needs every table takes it from here.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.staff_tables import metadata
from bot.store.tables import PlainText, UtcDateTime

__all__ = ["metadata", "proposal", "talk_note", "talk_tag"]

_Id = sa.String(36)
_Staff = sa.String(64)

talk_note = sa.Table(
    "talk_note",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("handoff_id", _Id, sa.ForeignKey("handoff.id"), nullable=False),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("staff", _Staff, nullable=False),
    sa.Column("meant_for", _Staff),  # with a transfer: the colleague
    sa.Column("text", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("talk_note_of_contact", "contact_id", "id"),
    sa.Index("talk_note_of_handoff", "handoff_id"),
)

talk_tag = sa.Table(
    "talk_tag",
    metadata,
    sa.Column("handoff_id", _Id, sa.ForeignKey("handoff.id"), primary_key=True),
    sa.Column("tag", sa.String(32), primary_key=True),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("staff", _Staff, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("talk_tag_of_contact", "contact_id"),
    sa.Index("talk_tag_at", "tag", "at"),
)

proposal = sa.Table(
    "proposal",
    metadata,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("reference", sa.String(12), nullable=False, unique=True),
    sa.Column("contact_id", _Id, sa.ForeignKey("contact.id"), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("topic", sa.String(128)),  # NULL: a topic that is not there yet
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("text", PlainText, nullable=False),  # masked
    sa.Column("comment", PlainText),  # masked
    sa.Column("staff", _Staff, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("ended_by", _Staff),
    sa.Column("outcome", PlainText),
    sa.Index("proposal_in_state", "state", "id"),
    sa.Index("proposal_of_contact", "contact_id"),
)
