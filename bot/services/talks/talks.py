"""Reads conversations for the desk. Every call is one short reading transaction; raises DatabaseError."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.foundation import clock
from bot.foundation.names import OUT_OF_SCOPE
from bot.services.callback.addresses import shown_telephone
from bot.services.callback.form import TELEPHONE
from bot.services.handoff import passing_on
from bot.services.handoff.states import WAITING
from bot.services.messenger.reach import reach_of, stamp_of
from bot.services.talks.notes import notes_of
from bot.services.talks.records import Brief, Details, Ended, Line, Mine, Talk
from bot.store import (
    callback_rows,
    contact_rows,
    conversation_rows,
    handoff_rows,
    message_rows,
    note_rows,
    presence_rows,
    tag_rows,
    talk_rows,
    turn_rows,
)
from bot.store.database import Connection, Database
from bot.store.message_rows import VISITOR, MessageRow
from bot.store.turn_rows import TurnRow

#: The brief looks at so many turns of the last two conversations.
_TURNS, _CONVERSATIONS = 30, 2
_MOST_TOPICS, _MOST_FAILED = 6, 5
_ENDED = 20
_SHOWN_LETTERS = 120
_FAILED_DECISION = "fallback"
_PROMISED = ("callback_open", "callback_missed", "callback_done")


class Talks:
    """One per process."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def open(self, handoff_id: str) -> Talk | None:
        """A hand-off with its whole thread; None when it was erased or never was."""
        with self._database.reading() as connection:
            row = handoff_rows.find(connection, handoff_id)
            if row is None:
                return None
            messages = message_rows.of_contact(connection, row.contact_id)
            turns = _turns(connection, row.contact_id)
            failed = {turn.message_id for turn in turns if _has_failed(turn)}
            return Talk(
                handoff_id=row.id,
                contact_id=row.contact_id,
                state=row.state,
                reason=row.reason,
                language=row.language,
                theme=row.theme,
                requested_at=row.requested_at,
                staff=row.staff,
                holder=_name_of(connection, row.staff),
                outcome=row.outcome,
                score=row.score,
                lines=tuple(_line(message, failed) for message in messages),
                brief=_brief(connection, row.contact_id, messages, turns, failed),
                kept=passing_on.kept(connection, row, self._now()) if row.state == WAITING else None,
                notes=notes_of(connection, row.contact_id),
                tags=tuple(tag_rows.of(connection, row.id)),
                messenger=reach_of(connection, row.contact_id, self._now()),
            )

    def mine(self, staff_id: str) -> list[Mine]:
        """What a counsellor has, the oldest first."""
        with self._database.reading() as connection:
            found = []
            for row in handoff_rows.held(connection, staff_id):
                newest = message_rows.newest(connection, row.contact_id)
                is_theirs = newest is not None and newest.role == VISITOR
                words = _words(newest)[:_SHOWN_LETTERS] if newest and is_theirs else ""
                found.append(Mine(row.id, row.language, row.claimed_at, is_theirs, words))
        return found

    def ended(self, tag: str | None = None, count: int = _ENDED) -> list[Ended]:
        """What ended lately, the newest first; with a tag, what has it."""
        with self._database.reading() as connection:
            rows = talk_rows.ended(connection, count, tag)
            tags = tag_rows.of_many(connection, (row.id for row in rows))
            return [
                Ended(
                    row.id,
                    row.state,
                    row.language,
                    row.ended_at,
                    _name_of(connection, row.staff),
                    row.outcome,
                    row.score,
                    tuple(tags.get(row.id, ())),
                )
                for row in rows
                if row.ended_at
            ]

    def is_present(self, staff_id: str) -> bool:
        """Whether a counsellor says to be there."""
        with self._database.reading() as connection:
            row = presence_rows.find(connection, staff_id)
        return row is not None and row.is_present

    def stamp(self, handoff_id: str) -> str:
        """Changes with all that the page of a conversation shows."""
        with self._database.reading() as connection:
            row = handoff_rows.find(connection, handoff_id)
            contact = contact_rows.find(connection, row.contact_id) if row else None
            if row is None or contact is None:
                return "gone"
            tools = f"{note_rows.last_id(connection, contact.id)}/{tag_rows.of(connection, row.id)}"
            sent = stamp_of(connection, contact.id)
            return f"{row.state}/{row.staff}/{contact.last_event}/{tools}{sent}"


def _turns(connection: Connection, contact_id: str) -> list[TurnRow]:
    """The last turns of the contact, the oldest first."""
    found: list[TurnRow] = []
    for conversation_id in conversation_rows.ids_of_contact(connection, contact_id)[-_CONVERSATIONS:]:
        found.extend(reversed(turn_rows.latest(connection, conversation_id, _TURNS)))
    return found


def _brief(
    connection: Connection,
    contact_id: str,
    messages: Sequence[MessageRow],
    turns: Sequence[TurnRow],
    failed: set[str],
) -> Brief:
    topics = list(dict.fromkeys(turn.topic for turn in reversed(turns) if turn.topic))
    not_understood = [_words(message)[:_SHOWN_LETTERS] for message in messages if message.id in failed]
    pages = [message.page for message in messages if message.page]
    return Brief(
        topics=tuple(topics[:_MOST_TOPICS]),
        failed=tuple(not_understood[-_MOST_FAILED:]),
        page=pages[-1] if pages else None,
        details=_details(connection, contact_id),
    )


def _details(connection: Connection, contact_id: str) -> Details | None:
    for state in _PROMISED:
        for row, _ in reversed(callback_rows.of_contact(connection, contact_id, state)):
            address = shown_telephone(row.address) if row.way == TELEPHONE else row.address
            return Details(row.reference, row.name, row.way, address, row.question)
    return None


def _line(message: MessageRow, failed: set[str]) -> Line:
    return Line(
        id=message.id,
        event=message.event,
        role=message.role,
        at=message.created_at,
        language=message.language,
        text=_words(message) if message.role == VISITOR else None,
        parts=tuple((message.reply or {}).get("parts", ())),
        is_failed=message.id in failed,
        rating=message.rating,
        topic=(message.reply or {}).get("topic"),
    )


def _words(message: MessageRow) -> str:
    return message.text or message.choice_title or ""


def _has_failed(turn: TurnRow) -> bool:
    return turn.decision == _FAILED_DECISION or turn.intent == OUT_OF_SCOPE


def _name_of(connection: Connection, staff_id: str | None) -> str | None:
    row = presence_rows.find(connection, staff_id) if staff_id else None
    return row.name if row else staff_id
