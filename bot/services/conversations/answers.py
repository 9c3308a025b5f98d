"""Keeps what is said to a contact: answers of the engine, polite words for a message set aside, notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.foundation.ids import uuid7
from bot.foundation.languages import language_or_none
from bot.services.conversations import events, intake, queue
from bot.services.conversations.records import Event, Told, UnknownContact, Waiting
from bot.store import contact_rows, conversation_rows, message_rows, outbox_rows, turn_rows
from bot.store.contact_rows import ContactRow
from bot.store.database import Connection
from bot.store.message_rows import BOT, DONE, PRIVATE, SET_ASIDE, MessageRow
from bot.store.turn_rows import TurnRow


def answer(
    connection: Connection,
    waiting: Waiting,
    reply: dict[str, Any],
    report: dict[str, Any],
    milliseconds: dict[str, Any],
    now: datetime,
    worker: str | None = None,
) -> Told:
    """Store the reply and how the message was understood, and go on to the next message of `worker`'s contact."""
    language = language_or_none(report.get("language")) or language_or_none(reply.get("language"))
    told = _reply_once(connection, waiting, reply, DONE, language, now, worker)
    if told.events:
        turn_rows.add(connection, _turn(waiting, reply, report, milliseconds, language, now))
    return told


def set_aside(
    connection: Connection, waiting: Waiting, reply: dict[str, Any], now: datetime, worker: str | None = None
) -> Told:
    """Store the polite words, and go on to the next message of `worker`'s contact."""
    return _reply_once(connection, waiting, reply, SET_ASIDE, None, now, worker)


def answer_apart(
    connection: Connection, waiting: Waiting, reply: dict[str, Any] | None, now: datetime, worker: str | None = None
) -> Told:
    """Store what is said about a message that is between the person and the staff: no turn, and no export shows
    its words. Without `reply` nothing is said. Then on to the next message of `worker`'s contact."""
    return _reply_once(connection, waiting, reply, PRIVATE, None, now, worker)


def say(
    connection: Connection,
    contact_id: str,
    reply: dict[str, Any],
    role: str,
    now: datetime,
    message_id: str | None = None,
) -> Event:
    """Store a message that answers none. Raises UnknownContact.

    With `message_id` it is said once: said again, the event of the first time comes back.
    """
    contact = contact_rows.lock(connection, contact_id)
    if contact is None:
        raise UnknownContact("no such contact")
    known = message_rows.find(connection, message_id) if message_id else None
    if known and known.contact_id == contact_id:
        (stored,) = outbox_rows.after(connection, contact_id, known.event - 1, 1)
        return Event(stored.seq, stored.kind, stored.payload, stored.created_at)
    conversation = intake.current_conversation(connection, contact, now)
    number = contact.last_event + 1
    contact_rows.change(connection, contact_id, last_event=number)
    return _add(connection, contact_id, conversation.id, number, reply, role, None, now, message_id)


def note_language(connection: Connection, contact: ContactRow, language: str, now: datetime) -> Event | None:
    """Keep the language of a locked contact; an event when it is another one than before."""
    if contact.language == language:
        return None
    contact_rows.change(connection, contact.id, language=language)
    return events.add_event(connection, contact.id, events.LANGUAGE, {"language": language}, now)


def _reply_once(
    connection: Connection,
    waiting: Waiting,
    reply: dict[str, Any] | None,
    state: str,
    language: str | None,
    now: datetime,
    worker: str | None,
) -> Told:
    contact = contact_rows.lock(connection, waiting.contact_id)
    if contact is None:
        return Told([])
    told: list[Event] = []
    values: dict[str, Any] = {}
    if message_rows.finish(connection, waiting.message_id, state, language) and reply is not None:
        conversation, number = waiting.conversation_id, contact.last_event + 1
        told.append(_add(connection, contact.id, conversation, number, reply, BOT, waiting.message_id, now))
        conversation_rows.touch(connection, conversation, now, language)
        if language and contact.language != language:
            number += 1
            values["language"] = language
            payload = {"language": language}
            told.append(events.store_event(connection, contact.id, number, events.LANGUAGE, payload, now))
        values["last_event"] = number
    following = None
    if worker and contact.worker == worker:
        following = queue.next_of(connection, replace(contact, language=language or contact.language))
        if following is None:
            values.update(worker=None, lease_until=None)
    if values:
        contact_rows.change(connection, contact.id, **values)
    return Told(told, following)


def _add(
    connection: Connection,
    contact_id: str,
    conversation_id: str,
    number: int,
    reply: dict[str, Any],
    role: str,
    in_reply_to: str | None,
    now: datetime,
    message_id: str | None = None,
) -> Event:
    row = MessageRow(
        id=message_id or uuid7(),
        contact_id=contact_id,
        conversation_id=conversation_id,
        event=number,
        role=role,
        created_at=now,
        reply=reply,
        language=language_or_none(reply.get("language")),
        in_reply_to=in_reply_to,
    )
    return events.add_message(connection, row)


def _turn(
    waiting: Waiting,
    reply: dict[str, Any],
    report: dict[str, Any],
    milliseconds: dict[str, Any],
    language: str | None,
    now: datetime,
) -> TurnRow:
    ranking = report.get("ranking")
    return TurnRow(
        message_id=waiting.message_id,
        conversation_id=waiting.conversation_id,
        language=language,
        intent=report.get("intent"),
        confidence=report.get("confidence"),
        margin=_margin(ranking),
        ranking=ranking,
        decision=report.get("decision"),
        topic=reply.get("topic"),
        release=report.get("release"),
        milliseconds=milliseconds,
        created_at=now,
    )


def _margin(ranking: list[dict[str, Any]] | None) -> float | None:
    """How far the best is ahead of the second; None without a ranking."""
    if not ranking:
        return None
    best, second = ranking[0]["confidence"], ranking[1]["confidence"] if len(ranking) > 1 else 0.0
    return round(float(best) - float(second), 4)
