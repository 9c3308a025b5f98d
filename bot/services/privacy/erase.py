"""Erases a contact everywhere: our tables and the memory of the dialogue engine. For the conversations service."""

from __future__ import annotations

from bot.foundation.logging import log_event
from bot.store import contact_rows, conversation_rows, erasure
from bot.store.database import Database
from bot.store.tracker_rows import TrackerRows


def erase_contact(database: Database, trackers: TrackerRows | None, contact_id: str) -> bool:
    """Remove the contact for good; whether there was one. Raises DatabaseError; then a retry is safe.

    The engine's rows go first and again at the end: a turn on its way may write its row in between, and
    should the second database fail, the contact still leads to what is left.
    """
    with database.reading() as connection:
        if contact_rows.find(connection, contact_id) is None:
            return False
        conversations = conversation_rows.ids_of_contact(connection, contact_id)
    # Outside of our transaction: both databases can be one file, and then they would wait for each other.
    if trackers:
        trackers.delete(conversations)
    with database.writing() as connection:
        if contact_rows.lock(connection, contact_id) is None:
            return False
        conversations = conversation_rows.ids_of_contact(connection, contact_id)
        rows = erasure.erase_rows(connection, contact_id)
    if trackers:
        trackers.delete(conversations)
    log_event("contact_erased", conversations=len(conversations), rows=rows)
    return True
