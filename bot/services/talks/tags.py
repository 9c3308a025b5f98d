"""Tags of talks: given, taken away, counted. Every call is one short transaction; raises DatabaseError."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.foundation import clock
from bot.services.talks.records import UnknownTalk
from bot.store import contact_rows, handoff_rows, tag_rows
from bot.store.database import Database


class Tags:
    """One per process. Which tags there are stands in data/desk/tags.yml; whoever calls has looked."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def put(self, handoff_id: str, staff: str, tag: str) -> str:
        """Give a talk a tag, which it may have already; the contact's id. Raises UnknownTalk."""
        return self._change(handoff_id, staff, tag, is_given=True)

    def drop(self, handoff_id: str, staff: str, tag: str) -> str:
        """Take a tag away; the contact's id. Raises UnknownTalk."""
        return self._change(handoff_id, staff, tag, is_given=False)

    def counts(self, since: datetime) -> dict[str, int]:
        """How many talks got each tag since a moment."""
        with self._database.reading() as connection:
            return tag_rows.counts(connection, since)

    def _change(self, handoff_id: str, staff: str, tag: str, is_given: bool) -> str:
        with self._database.writing() as connection:
            found = handoff_rows.find(connection, handoff_id)
            if found is None or contact_rows.lock(connection, found.contact_id) is None:
                raise UnknownTalk("no such talk")
            if is_given:
                tag_rows.put(connection, handoff_id, found.contact_id, tag, staff, self._now())
            else:
                tag_rows.drop(connection, handoff_id, tag)
            return found.contact_id
