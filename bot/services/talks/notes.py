"""Notes that counsellors write for each other about a talk: no visitor sees one, no download holds one, and erasing
takes them along. Every call is one short transaction; raises DatabaseError.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.foundation import clock
from bot.foundation.ids import uuid7
from bot.services.talks.records import Note, UnknownTalk
from bot.store import contact_rows, handoff_rows, note_rows, presence_rows
from bot.store.database import Connection, Database
from bot.store.note_rows import NoteRow

LONGEST_NOTE = 2000


class NoteRefused(ValueError):
    """`reason` is empty or too_long; nothing was kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the note is {reason.replace('_', ' ')}")
        self.reason = reason


class Notes:
    """One per process."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def add(self, handoff_id: str, staff: str, text: str) -> str:
        """Keep a note; the contact's id. Raises NoteRefused, UnknownTalk."""
        words = checked_note(text)
        with self._database.writing() as connection:
            found = handoff_rows.find(connection, handoff_id)
            if found is None or contact_rows.lock(connection, found.contact_id) is None:
                raise UnknownTalk("no such talk")
            add_note(connection, handoff_id, found.contact_id, staff, words, self._now())
            return found.contact_id


def checked_note(text: str) -> str:
    """The words of a note. Raises NoteRefused."""
    words = text.strip()
    if not words:
        raise NoteRefused("empty")
    if len(words) > LONGEST_NOTE:
        raise NoteRefused("too_long")
    return words


def add_note(
    connection: Connection,
    handoff_id: str,
    contact_id: str,
    staff: str,
    text: str,
    now: datetime,
    meant_for: str | None = None,
) -> None:
    """Keep a note in the caller's transaction, which holds the contact."""
    note_rows.add(connection, NoteRow(uuid7(), handoff_id, contact_id, staff, text, now, meant_for))


def notes_of(connection: Connection, contact_id: str) -> tuple[Note, ...]:
    """All notes about a person, of this talk and of earlier ones, the oldest first."""
    names: dict[str, str] = {}

    def name_of(staff: str) -> str:
        if staff not in names:
            row = presence_rows.find(connection, staff)
            names[staff] = row.name if row else staff
        return names[staff]

    return tuple(
        Note(row.id, name_of(row.staff), row.text, row.at, name_of(row.meant_for) if row.meant_for else None)
        for row in note_rows.of_contact(connection, contact_id)
    )
