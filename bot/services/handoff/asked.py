"""Somebody asks for a person, or waits no longer: what happens to the queue, and what is said.

Every function runs in the caller's transaction, which holds the contact.
"""

from __future__ import annotations

from datetime import datetime

from bot.foundation.ids import uuid7
from bot.foundation.reply import Part
from bot.services.callback.asking import Asking
from bot.services.handoff.availability import Available, Offer, available
from bot.services.handoff.changes import change_state
from bot.services.handoff.offers import Offers
from bot.services.handoff.reasons import LOOKED_AT, reason_of, theme_asked
from bot.services.handoff.routing import Counsellor
from bot.services.handoff.setting import AWAY_AFTER, Setting
from bot.services.handoff.states import CALLBACK_OPEN, CANCELLED, VISITOR, WAITING
from bot.services.notify import pending
from bot.store import callback_rows, contact_rows, handoff_rows, message_rows, presence_rows, turn_rows
from bot.store.contact_rows import QUEUED, ContactRow
from bot.store.database import Connection
from bot.store.handoff_rows import HandoffRow


def ask_for_person(
    connection: Connection,
    setting: Setting,
    contact: ContactRow,
    conversation_id: str,
    language: str,
    wanted: str | None = None,
) -> tuple[Part, ...]:
    """Put the person into the queue if that can be kept, else offer what can. `wanted` is the language to talk in,
    when it is not the one that is spoken now."""
    now, offers = setting.now(), Offers(setting.speaker, language)
    live = handoff_rows.live_of(connection, contact.id)
    if live:
        return offers.in_queue(handoff_rows.place_of(connection, live))
    found = what_is_there(connection, setting, wanted or language, now)
    if found.offer == Offer.LIVE:
        row = _enter_queue(connection, setting, contact, conversation_id, wanted or language, now)
        return offers.in_queue(handoff_rows.place_of(connection, row))
    for callback, _ in callback_rows.of_contact(connection, contact.id, CALLBACK_OPEN):
        return Asking(setting.speaker, language).open_already(callback.reference, callback.deadline, now)
    return offers.instead(found, now)


def wait_no_longer(connection: Connection, setting: Setting, contact: ContactRow, language: str) -> tuple[Part, ...]:
    """The person leaves the queue."""
    return Offers(setting.speaker, language).cancelled(leave_queue(connection, contact, setting.now()))


def leave_queue(connection: Connection, contact: ContactRow, now: datetime, by: str = VISITOR) -> bool:
    """Take a person who waits out of the queue; False when they do not wait."""
    live = handoff_rows.live_of(connection, contact.id)
    if live is None or live.state != WAITING:
        return False
    change_state(connection, live, CANCELLED, now, by, ended_at=now, expires_at=None)
    contact_rows.change(connection, contact.id, handoff=None)
    return True


def what_is_there(connection: Connection, setting: Setting, language: str, now: datetime) -> Available:
    """What can be offered now."""
    hours = setting.hours()
    return available(language, counsellors_there(connection, now), hours.state(now) if hours else None)


def counsellors_there(connection: Connection, now: datetime) -> list[Counsellor]:
    """Who is there and gives signs of life."""
    return [
        Counsellor(row.staff, frozenset(row.languages), frozenset(row.themes), row.idle_since)
        for row in presence_rows.present_since(connection, now - AWAY_AFTER)
    ]


def reason_and_theme(
    connection: Connection, setting: Setting, contact_id: str, conversation_id: str
) -> tuple[str, str | None]:
    """Why a person is wanted and what was asked about, from the last turns."""
    turns = turn_rows.latest(connection, conversation_id, LOOKED_AT)
    last = message_rows.last_answer(connection, contact_id)
    is_down = last is not None and last.rating == "down"
    return reason_of(turns, is_down, setting.offers_person), theme_asked(turns)


def _enter_queue(
    connection: Connection,
    setting: Setting,
    contact: ContactRow,
    conversation_id: str,
    language: str,
    now: datetime,
) -> HandoffRow:
    reason, theme = reason_and_theme(connection, setting, contact.id, conversation_id)
    row = HandoffRow(
        id=uuid7(),
        contact_id=contact.id,
        conversation_id=conversation_id,
        state=WAITING,
        reason=reason,
        language=language,
        theme=theme,
        requested_at=now,
        expires_at=now + setting.wait,
    )
    handoff_rows.add(connection, row, VISITOR)
    contact_rows.change(connection, contact.id, handoff=QUEUED)
    pending.tell_staff(connection, pending.WAITING, row.id, language, now)
    return row
