"""Erases a contact everywhere: our tables and the memory of the dialogue engine. For the conversations service.

The engine may write its row of a turn that was under way when the contact was erased, and whoever asked for
that turn may be dead by then. So an erased conversation leaves a mark for a day, and the sweep removes what
came late.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.foundation.logging import log_event
from bot.services.notify import pending
from bot.store import callback_rows, contact_rows, conversation_rows, erased_rows, erasure
from bot.store.database import Connection, Database, DatabaseError, came_between
from bot.store.tracker_rows import TrackerRows

#: No turn comes so late, also from an engine that stood still meanwhile.
MARKED_FOR = timedelta(days=1)

_PROMISED = "callback_open"
_TRIES = 5


def erase_contact(database: Database, trackers: TrackerRows | None, contact_id: str, now: datetime) -> bool:
    """Remove the contact for good; whether there was one. Raises DatabaseError; then a retry is safe.

    The engine's rows go first: should the second database fail, the contact still leads to what is left.
    """
    with database.reading() as connection:
        if contact_rows.find(connection, contact_id) is None:
            return False
        conversations = conversation_rows.ids_of_contact(connection, contact_id)
    # Outside of our transaction: both databases can be one file, and then they would wait for each other.
    if trackers:
        trackers.delete(conversations)
    erased = _erase_rows(database, contact_id, now)
    if erased is None:
        return False
    conversations, rows = erased
    if trackers:
        trackers.delete(conversations)
    log_event("contact_erased", conversations=len(conversations), rows=rows)
    return True


def _erase_rows(database: Database, contact_id: str, now: datetime) -> tuple[list[str], int] | None:
    """Our own rows; conversations and the number of rows, or None when the contact is gone.

    What is sent to the person at this moment may add a row that points to the contact after we have looked; it does
    not wait for us, lest we wait for it too. Then all is done again, with that row.
    """
    for left in reversed(range(_TRIES)):
        try:
            with database.writing() as connection:
                if contact_rows.lock(connection, contact_id) is None:
                    return None
                conversations = conversation_rows.ids_of_contact(connection, contact_id)
                erased_rows.add(connection, conversations, now)
                _withdraw_callbacks(connection, contact_id, now)
                return conversations, erasure.erase_rows(connection, contact_id)
        except DatabaseError as error:
            if not left or not came_between(error):
                raise
    raise AssertionError("the last try returns or raises")


def _withdraw_callbacks(connection: Connection, contact_id: str, now: datetime) -> None:
    """Staff who have read of a callback hear that it is off, by its reference alone."""
    for callback, handoff in callback_rows.of_contact(connection, contact_id, _PROMISED):
        pending.tell_staff(connection, pending.WITHDRAWN, handoff.id, handoff.language, now, callback.reference)


def sweep(database: Database, trackers: TrackerRows, now: datetime) -> int:
    """Remove what the engine wrote of erased conversations, and marks that have had their time; how many rows went.

    Raises DatabaseError; the next sweep does it.
    """
    with database.reading() as connection:
        marked = erased_rows.ids(connection)
    if not marked:
        return 0
    gone = trackers.delete(marked)
    with database.writing() as connection:
        erased_rows.forget(connection, now - MARKED_FOR)
    if gone:
        log_event("late_rows_erased", rows=gone)
    return gone
