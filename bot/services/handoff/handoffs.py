"""The hand-off as staff use it: claim, speak, transfer, give back, close; who waits and who has whom.

Every call is one short transaction that begins by holding the contact, so that all that happens to a person has
an order. Raises DatabaseError when the database fails; then nothing was changed and a retry is safe.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from bot.foundation.languages import DEFAULT_LANGUAGE
from bot.foundation.reply import Part, Reply, Text
from bot.services.conversations import answers
from bot.services.conversations.records import Event
from bot.services.handoff import passing_on
from bot.services.handoff.asked import leave_queue
from bot.services.handoff.changes import change_state
from bot.services.handoff.offers import Offers
from bot.services.handoff.records import (
    Changed,
    Claimed,
    Colleague,
    Gone,
    Held,
    InQueue,
    Kept,
    NotThere,
    NotYours,
    Taken,
)
from bot.services.handoff.setting import Setting
from bot.services.handoff.states import CLOSED, WAITING, WITH_COUNSELLOR
from bot.services.notify import pending
from bot.services.talks.notes import add_note
from bot.store import contact_rows, handoff_rows, message_rows, presence_rows
from bot.store.contact_rows import HELD, QUEUED, SCORING, ContactRow
from bot.store.database import Connection, Database
from bot.store.handoff_rows import ChangeRow, HandoffRow
from bot.store.message_rows import COUNSELLOR, SYSTEM

#: The names in it are those of replies that were sent with one.
_SAID = UUID("6f2c3d0e-93c1-5b1f-8d8e-0b6a3c1c5d27")


class Handoffs:
    """One per process."""

    def __init__(self, database: Database, setting: Setting) -> None:
        self._database, self._setting = database, setting

    def claim(self, handoff_id: str, staff: str) -> Claimed | Taken | Kept | Gone:
        """Take somebody who waits. Of many who try at once exactly one gets them.

        What the person wrote and the bot has not answered is the counsellor's from now on.
        """
        now = self._setting.now()
        with self._database.reading() as connection:
            # Most who come too late learn it here, and wait for no writer.
            seen = handoff_rows.find(connection, handoff_id)
            if seen is None or seen.state != WAITING:
                return _not_free(connection, seen)
            held_back = passing_on.kept(connection, seen, now)
            if held_back and not passing_on.may_take(seen, held_back, staff):
                return held_back
        with self._database.writing() as connection:
            row, contact = _locked(connection, handoff_id)
            held_back = passing_on.kept(connection, row, now) if row and row.state == WAITING else None
            if row and held_back and not passing_on.may_take(row, held_back, staff):
                return held_back
            if row is None or contact is None or not handoff_rows.claim(connection, row, staff, now):
                return _not_free(connection, row)
            message_rows.silence(connection, contact.id)
            contact_rows.change(connection, contact.id, handoff=HELD)
            parts = self._offers(contact).joined(_name_of(connection, staff))
            return Claimed(row.id, contact.id, (self._tell(connection, contact, parts, now),))

    def say(self, handoff_id: str, staff: str, text: str, once: str = "") -> Event:
        """Words of the counsellor to the person, stored at once. Raises NotYours. `once` is as in `say_parts`."""
        return self.say_parts(handoff_id, staff, (Text(text),), once=once)

    def say_parts(
        self,
        handoff_id: str,
        staff: str,
        parts: tuple[Part, ...],
        topic: str | None = None,
        as_of: str | None = None,
        once: str = "",
    ) -> Event:
        """The same for an answer of the bot: only with its `topic` is a counsellor's message read as Markdown.

        `once` is the sender's own name of this try: the same words with the same name are said once, also when
        the sender did not hear that they were.
        """
        now = self._setting.now()
        with self._database.writing() as connection:
            row, contact = self._mine(connection, handoff_id, staff)
            presence_rows.active(connection, staff, now)
            reply = Reply(row.language, parts, topic, as_of).as_dict()
            words = "".join(part.markdown for part in parts if isinstance(part, Text))
            message_id = str(uuid5(_SAID, f"{row.id}/{once}/{words}")) if once else None
            return answers.say(connection, contact.id, reply, COUNSELLOR, now, message_id)

    def transfer(self, handoff_id: str, staff: str, to: str, note: str = "") -> Changed:
        """Pass the conversation on to a colleague who is there. They come first for a while, then anybody may take
        it; until then nobody has it. Raises NotYours, NotThere; then it stays where it is."""
        now = self._setting.now()
        with self._database.writing() as connection:
            row, contact = self._mine(connection, handoff_id, staff)
            if to == staff or not passing_on.is_there(connection, to, now):
                raise NotThere("this colleague is not there")
            presence_rows.idle(connection, staff, now)
            kept = {"meant_for": to, "meant_until": now + self._setting.kept, "passed_by": staff}
            if note:
                add_note(connection, row.id, contact.id, staff, note, now, meant_for=to)
            self._wait_again(connection, row, contact, staff, now, f"to {to}"[:128], **kept)
            parts = self._offers(contact).passed_on(_name_of(connection, staff), _name_of(connection, to))
            return Changed(contact.id, (self._tell(connection, contact, parts, now),))

    def give_back(self, handoff_id: str, staff: str) -> Changed:
        """Put the person back into the queue, at the place that they had. Raises NotYours."""
        now = self._setting.now()
        with self._database.writing() as connection:
            row, contact = self._mine(connection, handoff_id, staff)
            presence_rows.idle(connection, staff, now)
            return self.queue_again(connection, row, contact, staff, now)

    def close(self, handoff_id: str, staff: str, outcome: str) -> Changed:
        """End the talk: the bot is back at the next message and asks how it was. Raises NotYours."""
        now = self._setting.now()
        with self._database.writing() as connection:
            row, contact = self._mine(connection, handoff_id, staff)
            change_state(connection, row, CLOSED, now, staff, ended_at=now, outcome=outcome[:32])
            contact_rows.change(connection, contact.id, handoff=SCORING)
            presence_rows.idle(connection, staff, now)
            return Changed(contact.id, (self._tell(connection, contact, self._offers(contact).ended(), now),))

    def cancel(self, contact_id: str, by: str) -> bool:
        """Take somebody out of the queue, as when they are gone; False when they do not wait."""
        now = self._setting.now()
        with self._database.writing() as connection:
            contact = contact_rows.lock(connection, contact_id)
            return contact is not None and leave_queue(connection, contact, now, by)

    def position(self, contact_id: str) -> int | None:
        """The person's place in the queue, 1 for the next; None when they do not wait."""
        with self._database.reading() as connection:
            row = handoff_rows.live_of(connection, contact_id)
            return handoff_rows.place_of(connection, row) if row and row.state == WAITING else None

    def holder_of(self, contact_id: str) -> str | None:
        """The counsellor who has the person's conversation."""
        with self._database.reading() as connection:
            row = handoff_rows.live_of(connection, contact_id)
            return row.staff if row and row.state == WITH_COUNSELLOR else None

    def list_waiting(self) -> list[InQueue]:
        """Everybody who waits, longest first."""
        now = self._setting.now()
        with self._database.reading() as connection:
            rows = [(row, passing_on.kept(connection, row, now)) for row in handoff_rows.waiting(connection)]
        return [
            InQueue(
                *(row.id, row.contact_id, row.conversation_id, place, row.language, row.theme, row.reason),
                row.requested_at,
                row.expires_at,
                kept,
                frozenset({kept.staff, row.passed_by or ""}) if kept else None,
            )
            for place, (row, kept) in enumerate(rows, start=1)
        ]

    def colleagues(self, handoff_id: str, staff: str) -> list[Colleague]:
        """To whom a counsellor could pass a talk on; none when it is gone."""
        with self._database.reading() as connection:
            row = handoff_rows.find(connection, handoff_id)
            return passing_on.colleagues(connection, row, staff, self._setting.now()) if row else []

    def list_held(self, staff: str | None = None) -> list[Held]:
        """Conversations that are with somebody, or with this counsellor."""
        with self._database.reading() as connection:
            rows = handoff_rows.held(connection, staff)
        return [
            Held(row.id, row.contact_id, row.conversation_id, row.staff or "", row.language, row.claimed_at)
            for row in rows
        ]

    def history(self, handoff_id: str) -> list[ChangeRow]:
        """Every change with its time and person, the first one first."""
        with self._database.reading() as connection:
            return handoff_rows.history(connection, handoff_id)

    def queue_again(
        self, connection: Connection, row: HandoffRow, contact: ContactRow, by: str, now: datetime
    ) -> Changed:
        """The counsellor leaves; the person keeps their place and is told. In the caller's transaction."""
        self._wait_again(connection, row, contact, by, now)
        return Changed(contact.id, (self._tell(connection, contact, self._offers(contact).in_queue_again(), now),))

    def _wait_again(
        self,
        connection: Connection,
        row: HandoffRow,
        contact: ContactRow,
        by: str,
        now: datetime,
        note: str | None = None,
        **values: Any,
    ) -> None:
        until = now + self._setting.wait
        change_state(connection, row, WAITING, now, by, note, staff=None, claimed_at=None, expires_at=until, **values)
        contact_rows.change(connection, contact.id, handoff=QUEUED)
        pending.tell_staff(connection, pending.WAITING, row.id, row.language, now)

    def _mine(self, connection: Connection, handoff_id: str, staff: str) -> tuple[HandoffRow, ContactRow]:
        row, contact = _locked(connection, handoff_id)
        if row is None or contact is None or row.state != WITH_COUNSELLOR or row.staff != staff:
            raise NotYours("this conversation is not with this counsellor")
        return row, contact

    def _offers(self, contact: ContactRow) -> Offers:
        return Offers(self._setting.speaker, contact.language or DEFAULT_LANGUAGE)

    def _tell(self, connection: Connection, contact: ContactRow, parts: tuple[Part, ...], now: datetime) -> Event:
        reply = Reply(contact.language or DEFAULT_LANGUAGE, parts).as_dict()
        return answers.say(connection, contact.id, reply, SYSTEM, now)


def _locked(connection: Connection, handoff_id: str) -> tuple[HandoffRow | None, ContactRow | None]:
    """A hand-off as it is once its contact is held; None for what is gone."""
    found = handoff_rows.find(connection, handoff_id)
    contact = contact_rows.lock(connection, found.contact_id) if found else None
    return (handoff_rows.find(connection, handoff_id) if contact else None), contact


def _not_free(connection: Connection, row: HandoffRow | None) -> Taken | Gone:
    """Why a hand-off, as it is now, cannot be claimed."""
    if row and row.state == WITH_COUNSELLOR and row.staff:
        return Taken(row.staff, _name_of(connection, row.staff))
    return Gone(row.state if row else None)


def _name_of(connection: Connection, staff: str) -> str:
    row = presence_rows.find(connection, staff)
    return row.name if row else staff
