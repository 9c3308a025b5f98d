"""Erases people of Messenger, at their own word or at Meta's.

A request of Meta has a random code; whom it is about is kept until it is done.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.foundation import clock
from bot.foundation.logging import log_event
from bot.services.conversations import answers
from bot.services.messenger.people import find_or_make
from bot.services.privacy.erase import erase_contact
from bot.store import contact_rows, messenger_deletion_rows, messenger_rows
from bot.store.database import Database
from bot.store.message_rows import SYSTEM
from bot.store.messenger_deletion_rows import DeletionRow
from bot.store.tracker_rows import TrackerRows

#: So long a request that is done can be looked up.
KEPT_FOR = timedelta(days=365)
_CODE = re.compile(r"[0-9a-f]{32}")


class Deletions:
    """One per process. Every call raises DatabaseError when the database fails; then a retry is safe."""

    def __init__(
        self,
        database: Database,
        trackers: TrackerRows | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._database, self._trackers, self._now = database, trackers, now

    def begin(self, user_id: str) -> str:
        """Keep a new request, and forget those of long ago; its code."""
        code, now = secrets.token_hex(16), self._now()
        with self._database.writing() as connection:
            messenger_deletion_rows.forget(connection, now - KEPT_FOR)
            messenger_deletion_rows.add(connection, DeletionRow(code, user_id, now))
        return code

    def erase(self, code: str, psids: Iterable[str]) -> list[str]:
        """Erase all contacts with these ids, at whatever page, and note that it is done; the contacts that went."""
        with self._database.reading() as connection:
            people = [person for psid in sorted(set(psids)) for person in messenger_rows.of_psid(connection, psid)]
        gone = [
            person.contact_id
            for person in people
            if erase_contact(self._database, self._trackers, person.contact_id, self._now())
        ]
        with self._database.writing() as connection:
            messenger_deletion_rows.mark_done(connection, code, self._now())
        log_event("messenger_deletion_done", contacts=len(gone))
        return gone

    def erase_at_own_word(self, contact_id: str, page_id: str, psid: str, reply: dict[str, Any]) -> str:
        """Erase a contact, and begin a new one of the same person to say so; the new contact.

        Twice is harmless: who has a new contact by then hears it again.
        """
        now = self._now()
        erase_contact(self._database, self._trackers, contact_id, now)
        with self._database.writing() as connection:
            person, contact, _ = find_or_make(connection, page_id, psid, now)
            messenger_rows.change(connection, contact.id, last_from_person_at=person.last_from_person_at or now)
            contact_rows.change(connection, contact.id, language=reply["language"])
            answers.say(connection, contact.id, reply, SYSTEM, now)
        return contact.id

    def still_open(self) -> list[DeletionRow]:
        """Requests that are not done, the oldest first."""
        with self._database.reading() as connection:
            return messenger_deletion_rows.still_open(connection)

    def find(self, code: str) -> DeletionRow | None:
        """A request by its code; None for one that is not known, or not any more."""
        if not _CODE.fullmatch(code):
            return None
        with self._database.reading() as connection:
            return messenger_deletion_rows.find(connection, code)
