"""Rows of notes that counsellors write for each other. No visitor ever sees one. Used by the talks service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.desk_tables import talk_note


@dataclass(frozen=True)
class NoteRow:
    """`meant_for` is the colleague to whom a talk is passed on with this note."""

    id: str
    handoff_id: str
    contact_id: str
    staff: str
    text: str
    at: datetime
    meant_for: str | None = None


def add(connection: Connection, row: NoteRow) -> None:
    """Insert a note; the contact is locked by the caller."""
    connection.execute(sa.insert(talk_note).values(**row.__dict__))


def of_contact(connection: Connection, contact_id: str) -> list[NoteRow]:
    """All notes about a person, the oldest first."""
    query = sa.select(talk_note).where(talk_note.c.contact_id == contact_id).order_by(talk_note.c.id)
    return [NoteRow(**row._mapping) for row in connection.execute(query)]


def last_id(connection: Connection, contact_id: str) -> str:
    """The id of the newest note about a person; empty without any. Ids sort by time."""
    query = sa.select(sa.func.max(talk_note.c.id)).where(talk_note.c.contact_id == contact_id)
    return str(connection.execute(query).scalar() or "")


def last_for(connection: Connection, handoff_id: str, staff: str) -> NoteRow | None:
    """The newest note with which a talk was passed on to somebody."""
    is_theirs = sa.and_(talk_note.c.handoff_id == handoff_id, talk_note.c.meant_for == staff)
    row = connection.execute(sa.select(talk_note).where(is_theirs).order_by(talk_note.c.id.desc()).limit(1)).first()
    return NoteRow(**row._mapping) if row else None
