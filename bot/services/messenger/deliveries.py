"""How far each person of Messenger was told: what is to be sent, what was, what could not be and why.

Called by the sender through threads. Every call is one short transaction and raises DatabaseError; then nothing was
changed and a retry is safe. A person's sending is one worker's at a time, by a lease.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.foundation import clock
from bot.services.conversations.records import Event
from bot.services.messenger.outgoing import is_to_be_sent
from bot.store import (
    message_rows,
    messenger_call_rows,
    messenger_piece_rows,
    messenger_rows,
    messenger_sending_rows,
    outbox_rows,
)
from bot.store.database import Connection, Database
from bot.store.message_rows import BOT, SYSTEM
from bot.store.messenger_piece_rows import PieceRow
from bot.store.messenger_rows import ALL_PARTS, ELSEWHERE, OK, MessengerPersonRow

_EVENTS_AT_ONCE = 50


@dataclass(frozen=True)
class Address:
    """Where Meta finds a person: their id at one page."""

    page_id: str
    psid: str


@dataclass(frozen=True)
class Outgoing:
    """What is to be sent to a person now, in order. Of the first event `sent_parts` pieces are sent already.

    `doubtful` is a piece (event, part) of which a worker that ended could not learn whether it came; it was handed
    to Meta at `doubtful_since`. `is_elsewhere`: staff answers from the page's inbox at present. `is_hindered`: the
    last thing known of the person is that something was not sent.
    """

    contact_id: str
    address: Address
    events: tuple[Event, ...]
    sent_parts: int
    attempts: int
    last_from_person_at: datetime | None
    is_hindered: bool
    is_elsewhere: bool
    doubtful: tuple[int, int] | None = None
    doubtful_since: datetime | None = None


class Deliveries:
    """One per process."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def address_of(self, contact_id: str) -> Address | None:
        """Where a contact is at Meta; None for one of another door."""
        with self._database.reading() as connection:
            row = messenger_rows.of_contact(connection, contact_id)
        return Address(row.page_id, row.psid) if row else None

    def begin(self, contact_id: str, worker: str, lease_seconds: float) -> Outgoing | None:
        """Claim a person for a worker and say what is to be sent; None when nothing is or another worker does it.

        The first piece counts as handed to Meta from now on.
        """
        now = self._now()
        with self._database.writing() as connection:
            until = now + timedelta(seconds=lease_seconds)
            if not messenger_rows.claim(connection, contact_id, worker, now, until):
                return None
            return self._next(connection, contact_id, worker, now)

    def go_on(self, contact_id: str, worker: str) -> Outgoing | None:
        """What is to be sent next to a person whom the worker has; None, and given back, when that was all."""
        with self._database.writing() as connection:
            return self._next(connection, contact_id, worker, self._now())

    def sent(
        self, contact_id: str, seq: int, part: int, mid: str | None, following: int | None, was_hindered: bool = False
    ) -> None:
        """A piece has come. `following` is the number of the next piece of the event, None when this was the last."""
        now = self._now()
        with self._database.writing() as connection:
            _note_sent(connection, contact_id, seq, part if following else ALL_PARTS, (part, mid), was_hindered, now)
            if following:
                messenger_rows.mark_sending(connection, contact_id, seq, following, now)

    def sent_all(
        self, contact_id: str, worker: str, seq: int, part: int, mid: str | None, was_hindered: bool = False
    ) -> Outgoing | None:
        """The last piece of all has come: what is to be sent next, as `go_on` says it, in the same step."""
        now = self._now()
        with self._database.writing() as connection:
            _note_sent(connection, contact_id, seq, ALL_PARTS, (part, mid), was_hindered, now)
            return self._next(connection, contact_id, worker, now)

    def give_up(self, contact_id: str, seq: int, reason: str) -> None:
        """An event cannot be sent, or not all of it; the next ones go on. Kept for the desk."""
        with self._database.writing() as connection:
            if messenger_rows.of_contact(connection, contact_id) is None:
                return  # erased meanwhile
            messenger_rows.mark_delivered(connection, contact_id, seq, ALL_PARTS)
            messenger_sending_rows.add_unsent(connection, contact_id, seq, reason)
            messenger_rows.mark_state(connection, contact_id, reason, self._now())

    def postpone(self, contact_id: str, worker: str, seconds: float, attempts: int) -> None:
        """Nothing more now: give the person back, to be tried again after so long. What was handed to Meta last may
        have come, and its echo may be on its way."""
        now = self._now()
        at = now + timedelta(seconds=seconds)
        with self._database.writing() as connection:
            messenger_rows.change(connection, contact_id, next_try_at=at, attempts=attempts, sending_at=now)
            messenger_rows.release(connection, contact_id, worker)

    def has_come(self, contact_id: str, seq: int, part: int) -> bool:
        """Whether a piece is known to have arrived, by its echo; so it counts for a person who was erased."""
        with self._database.reading() as connection:
            row = messenger_rows.of_contact(connection, contact_id)
        return row is None or (row.delivered_seq, row.delivered_part) >= (seq, part)

    def are_calls_waiting(self) -> bool:
        """Whether Meta has told something that is not worked off yet; an echo may be in it."""
        with self._database.reading() as connection:
            return messenger_call_rows.count(connection) > 0

    def last_reply(self, page_id: str, psid: str) -> dict[str, Any] | None:
        """What was said to a person last; None when the last word is their own, or staff's."""
        with self._database.reading() as connection:
            row = messenger_rows.find(connection, page_id, psid)
            newest = message_rows.newest(connection, row.contact_id) if row else None
        return newest.reply if newest and newest.role in (BOT, SYSTEM) else None

    def due(self, resting: Collection[str], limit: int = 200) -> list[tuple[str, str]]:
        """Contacts for whom something is to be sent and whom nobody has, with their page; not of resting pages."""
        with self._database.reading() as connection:
            rows = messenger_rows.with_undelivered(connection, self._now(), limit, resting)
        return [(row.contact_id, row.page_id) for row in rows]

    def prolong(self, contact_ids: list[str], worker: str, lease_seconds: float) -> None:
        """Keep those of the people that are this worker's for so long from now."""
        with self._database.writing() as connection:
            messenger_rows.prolong(connection, contact_ids, worker, self._now() + timedelta(seconds=lease_seconds))

    def release(self, contact_id: str, worker: str) -> None:
        """Give a person back."""
        with self._database.writing() as connection:
            messenger_rows.release(connection, contact_id, worker)

    def _next(self, connection: Connection, contact_id: str, worker: str, now: datetime) -> Outgoing | None:
        row = messenger_rows.of_contact(connection, contact_id)
        if row is None:
            return None
        is_begun = row.delivered_part < ALL_PARTS
        seen = outbox_rows.after(connection, contact_id, row.delivered_seq - is_begun, _EVENTS_AT_ONCE)
        events = [Event(one.seq, one.kind, one.payload, one.created_at) for one in seen]
        to_send = [event for event in events if is_to_be_sent(event)]
        if not to_send:
            if events:
                messenger_rows.mark_delivered(connection, contact_id, events[-1].seq, ALL_PARTS)
            if len(events) == _EVENTS_AT_ONCE:
                return self._next(connection, contact_id, worker, now)
            messenger_rows.release(connection, contact_id, worker)
            return None
        first = to_send[0].seq
        sent_parts = row.delivered_part if is_begun and first == row.delivered_seq else 0
        doubtful = _doubtful(row)
        if doubtful != (first, sent_parts + 1):
            doubtful = None
            messenger_rows.mark_sending(connection, contact_id, first, sent_parts + 1, now)
        return Outgoing(
            contact_id=contact_id,
            address=Address(row.page_id, row.psid),
            events=tuple(to_send),
            sent_parts=sent_parts,
            attempts=row.attempts,
            last_from_person_at=row.last_from_person_at,
            is_hindered=row.state != OK,
            is_elsewhere=row.thread == ELSEWHERE or (row.silent_until is not None and row.silent_until > now),
            doubtful=doubtful,
            doubtful_since=row.sending_at if doubtful else None,
        )


def _note_sent(
    connection: Connection,
    contact_id: str,
    seq: int,
    until_part: int,
    piece: tuple[int, str | None],
    was_hindered: bool,
    now: datetime,
) -> None:
    messenger_rows.mark_delivered(connection, contact_id, seq, until_part)
    part, mid = piece
    if mid:
        messenger_piece_rows.add(connection, PieceRow(contact_id, seq, part, mid))
    if was_hindered:
        messenger_rows.mark_state(connection, contact_id, OK, now)


def _doubtful(row: MessengerPersonRow) -> tuple[int, int] | None:
    if row.sending_seq is None or row.sending_part is None:
        return None
    return row.sending_seq, row.sending_part
