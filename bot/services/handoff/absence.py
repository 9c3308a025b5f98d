"""Who is away without saying so: people who left the queue by closing the page, counsellors who do nothing.

Part of what time does to the hand-off; called by `Upkeep`. Several gateways may do it at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.reply import Reply
from bot.services.conversations import answers
from bot.services.handoff.asked import leave_queue
from bot.services.handoff.offers import Offers
from bot.services.handoff.records import Changed
from bot.services.handoff.setting import Setting
from bot.services.handoff.signs import WEB, last_sign
from bot.services.handoff.states import SYSTEM
from bot.store import contact_rows, handoff_rows, message_rows, presence_rows, sight_rows
from bot.store.contact_rows import QUEUED
from bot.store.database import Connection, Database
from bot.store.message_rows import SYSTEM as SYSTEM_ROLE
from bot.store.presence_rows import PresenceRow
from bot.store.sight_rows import SightRow

#: After so long without a look, nobody can say who was there meanwhile: the server was down, or its database.
_BLIND_AFTER = timedelta(minutes=1)


class Absence:
    """One per process: it remembers since when it has been watching."""

    def __init__(self, database: Database, setting: Setting) -> None:
        self._database, self._setting = database, setting
        self._watching_since = self._looked_at = datetime.min.replace(tzinfo=setting.now().tzinfo)

    def gone_people(self) -> list[Changed]:
        """Who waits and has not been there for long loses the place, and reads so when they come back."""
        now = self._setting.now()
        if now - self._looked_at > _BLIND_AFTER:
            self._watching_since = now
        self._looked_at = now
        if now - self._watching_since < self._setting.gone:
            return []
        with self._database.reading() as connection:
            waiting = [row.contact_id for row in handoff_rows.waiting(connection)]
            seen = sight_rows.of(connection, waiting) if waiting else {}
        return [change for row in seen.values() if self._is_gone(row, now) and (change := self._cancel(row, now))]

    def idle_counsellors(self) -> None:
        """Who says to be there and does nothing is away, until they come back."""
        now = self._setting.now()
        with self._database.reading() as connection:
            present = presence_rows.present_since(connection, now - self._setting.idle)
            idle = [row for row in present if is_idle(connection, row, now, self._setting.idle)]
        for row in idle:
            with self._database.writing() as connection:
                as_it_is = presence_rows.find(connection, row.staff)
                if as_it_is and as_it_is.is_present and as_it_is.active_at == row.active_at:
                    values = {**as_it_is.__dict__, "is_present": False, "idle_at": now}
                    presence_rows.put(connection, PresenceRow(**values))

    def _cancel(self, row: SightRow, now: datetime) -> Changed | None:
        with self._database.writing() as connection:
            contact = contact_rows.lock(connection, row.contact_id)
            seen = sight_rows.of(connection, (row.contact_id,)).get(row.contact_id)
            is_still = contact is not None and contact.handoff == QUEUED and seen and self._is_gone(seen, now)
            if contact is None or not is_still or not leave_queue(connection, contact, now, SYSTEM):
                return None
            language = contact.language or DEFAULT_LANGUAGE
            reply = Reply(language, Offers(self._setting.speaker, language).gone()).as_dict()
            return Changed(contact.id, (answers.say(connection, contact.id, reply, SYSTEM_ROLE, now),))

    def _is_gone(self, row: SightRow, now: datetime) -> bool:
        return row.channel == WEB and now - last_sign(row) >= self._setting.gone


def is_idle(connection: Connection, row: PresenceRow, now: datetime, idle: timedelta) -> bool:
    """Whether a counsellor does nothing: no act for `idle`, and nothing said for as long in a conversation of theirs.
    A person who goes on writing keeps nobody there for ever: after twice as long the counsellor is away."""
    quiet = now - (row.active_at or row.seen_at)
    if quiet < idle:
        return False
    if quiet >= 2 * idle:
        return True
    newest = (message_rows.newest(connection, one.contact_id) for one in handoff_rows.held(connection, row.staff))
    return not any(message and now - message.created_at < idle for message in newest)
