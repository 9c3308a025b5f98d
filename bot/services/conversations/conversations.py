"""The conversations service: accepts messages, hands them to one worker at a time, keeps and tells the answers.

Called by the gateway through `asyncio.to_thread`. Every call is one short transaction and raises
DatabaseError when the database fails; then nothing was changed and a retry is safe.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.foundation import clock
from bot.services.conversations import answers, events, intake, queue, ratings
from bot.services.conversations.records import (
    Accepted,
    Claim,
    Event,
    Incoming,
    Told,
    TranscriptLine,
    UnknownContact,
    Waiting,
)
from bot.services.privacy.erase import erase_contact, sweep
from bot.store import callback_rows, contact_rows, conversation_rows, message_rows, outbox_rows
from bot.store.contact_rows import FORM, SCORING
from bot.store.database import Connection, Database
from bot.store.tracker_rows import TrackerRows


class Conversations:
    """One per process. `trackers` is the memory of the dialogue engine, so that erasing reaches it too."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime] = clock.now,
        trackers: TrackerRows | None = None,
    ) -> None:
        self._database, self._now, self._trackers = database, now, trackers

    def accept(
        self, contact_id: str | None, incoming: Incoming, worker: str | None = None, lease_seconds: float = 60
    ) -> Accepted:
        """Store a visitor's message before anything else happens to it. Raises UnknownContact.

        Without `contact_id` a contact is made, or the one found that the same client id made just before.
        With `worker` the contact is claimed for it in the same step, where that is possible.
        """
        now = self._now()
        claim = Claim(worker, now + timedelta(seconds=lease_seconds)) if worker else None
        with self._database.writing() as connection:
            return intake.accept(connection, contact_id, incoming, now, claim)

    def contacts_waiting(self) -> list[str]:
        """Contacts with a message to be worked off, who waits longest first."""
        with self._database.reading() as connection:
            return message_rows.contacts_waiting(connection)

    def claim(self, contact_id: str, worker: str, lease_seconds: float = 60) -> bool:
        """Whether the contact is now this worker's; a worker that has it already prolongs its lease."""
        now = self._now()
        with self._database.writing() as connection:
            return contact_rows.claim(connection, contact_id, worker, now, now + timedelta(seconds=lease_seconds))

    def prolong(self, contact_ids: list[str], worker: str, lease_seconds: float) -> None:
        """Keep those of the contacts that are this worker's for so long from now."""
        until = self._now() + timedelta(seconds=lease_seconds)
        with self._database.writing() as connection:
            contact_rows.prolong(connection, contact_ids, worker, until)

    def release(self, contact_id: str, worker: str) -> None:
        """Give the contact back; nothing happens when it is another's by now."""
        with self._database.writing() as connection:
            contact_rows.release(connection, contact_id, worker)

    def next_waiting(self, contact_id: str) -> Waiting | None:
        """The contact's oldest message that waits."""
        with self._database.reading() as connection:
            return queue.next_of(connection, contact_rows.find(connection, contact_id))

    def waiting(self, message_id: str) -> Waiting | None:
        """One message, if it still waits; for what is answered without waiting for those before it."""
        with self._database.reading() as connection:
            row = message_rows.find(connection, message_id)
            contact = contact_rows.find(connection, row.contact_id) if row else None
        if row is None or contact is None or row.state != message_rows.WAITING:
            return None
        return queue.as_waiting(row, contact)

    def answer(
        self,
        waiting: Waiting,
        reply: dict[str, Any],
        report: dict[str, Any],
        milliseconds: dict[str, Any],
        worker: str | None = None,
    ) -> Told:
        """Keep reply and turn report; a second answer to the same message changes nothing.

        A worker that has the contact learns in the same step what waits next, or gives it back.
        """
        with self._database.writing() as connection:
            told = answers.answer(connection, waiting, reply, report, milliseconds, self._now(), worker)
            is_gone = not told.events and contact_rows.find(connection, waiting.contact_id) is None
        if is_gone and self._trackers:
            # The engine wrote its row after the contact was erased.
            self._trackers.delete([waiting.conversation_id])
        return told

    def failed(self, message_id: str) -> int:
        """Count a failed attempt; how many there were, 0 when the message is gone."""
        with self._database.writing() as connection:
            return message_rows.count_attempt(connection, message_id)

    def set_aside(self, waiting: Waiting, reply: dict[str, Any], worker: str | None = None) -> Told:
        """Give up on a message with a polite reply, so that the next ones go on."""
        with self._database.writing() as connection:
            return answers.set_aside(connection, waiting, reply, self._now(), worker)

    def pass_over(self, waiting: Waiting, worker: str | None = None) -> Told:
        """Say nothing to a message that was taken back or is staff's by now, and go on to the next one."""
        with self._database.writing() as connection:
            return answers.answer_apart(connection, waiting, None, self._now(), worker)

    def say(self, contact_id: str, reply: dict[str, Any], kind: str = "system") -> Event:
        """A message that answers none: `kind` is its role (system, bot or counsellor). Raises UnknownContact."""
        with self._database.writing() as connection:
            return answers.say(connection, contact_id, reply, kind, self._now())

    def events_after(self, contact_id: str, seq: int, limit: int = 200) -> list[Event]:
        """Events with a higher number, in order."""
        with self._database.reading() as connection:
            rows = outbox_rows.after(connection, contact_id, seq, limit)
        return [Event(row.seq, row.kind, row.payload, row.created_at) for row in rows]

    def last_event(self, contact_id: str) -> int | None:
        """The newest event's number, 0 before the first; None when there is no such contact."""
        with self._database.reading() as connection:
            contact = contact_rows.find(connection, contact_id)
        return contact.last_event if contact else None

    def language_of(self, contact_id: str) -> str | None:
        """The language that the contact speaks, as far as known."""
        with self._database.reading() as connection:
            contact = contact_rows.find(connection, contact_id)
        return contact.language if contact else None

    def rate(self, contact_id: str, message_id: str | None, value: str, comment: str | None = None) -> bool:
        """Rate an answer (`up` or `down`), without `message_id` the last one; False when there is none."""
        with self._database.writing() as connection:
            return ratings.rate(connection, contact_id, message_id, value, comment, self._now())

    def set_language(self, contact_id: str, language: str) -> Event | None:
        """Speak this language from now on; None when it is so already. Raises UnknownContact."""
        with self._database.writing() as connection:
            contact = _locked(connection, contact_id)
            return answers.note_language(connection, contact, language, self._now())

    def restart(self, contact_id: str) -> Event | None:
        """Close the conversation, so that the next message begins a new one; None when none is open.

        A half-filled callback form is forgotten with it; a place in the queue and a counsellor stay.
        Raises UnknownContact.
        """
        now = self._now()
        with self._database.writing() as connection:
            if _locked(connection, contact_id).handoff in (FORM, SCORING):
                contact_rows.change(connection, contact_id, handoff=None)
            callback_rows.drop_draft(connection, contact_id)
            current = conversation_rows.newest_open(connection, contact_id)
            if current is None:
                return None
            conversation_rows.close(connection, current.id, now)
            return events.add_event(connection, contact_id, events.RESTARTED, {}, now)

    def transcript(self, contact_id: str) -> list[TranscriptLine]:
        """All that was said, in order; empty when there is no such contact."""
        with self._database.reading() as connection:
            rows = message_rows.of_contact(connection, contact_id)
        return [
            TranscriptLine(row.role, row.created_at, row.language, row.text or row.choice_title, row.reply)
            for row in rows
        ]

    def erase(self, contact_id: str) -> bool:
        """Remove the contact and all that belongs to it, here and in the engine; whether there was one."""
        return erase_contact(self._database, self._trackers, contact_id, self._now())

    def sweep(self) -> int:
        """Remove what the engine wrote of erased conversations; how many rows."""
        return sweep(self._database, self._trackers, self._now()) if self._trackers else 0


def _locked(connection: Connection, contact_id: str) -> contact_rows.ContactRow:
    contact = contact_rows.lock(connection, contact_id)
    if contact is None:
        raise UnknownContact("no such contact")
    return contact
