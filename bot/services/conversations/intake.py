"""Takes a visitor's message in: whose it is, which conversation it goes into, and whether it was here before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.foundation.ids import uuid7
from bot.services.conversations.events import add_message
from bot.services.conversations.queue import as_waiting
from bot.services.conversations.records import Accepted, Claim, Incoming, UnknownContact
from bot.store import contact_rows, conversation_rows, message_rows
from bot.store.contact_rows import FORM, HELD, ContactRow
from bot.store.conversation_rows import ConversationRow
from bot.store.database import Connection
from bot.store.message_rows import PRIVATE, VISITOR, WAITING, MessageRow

#: A pause after which a person begins something new.
IDLE = timedelta(minutes=60)
#: So long a first message may be sent again before its sender has heard of the contact. Later, the same
#: client id is a stranger's and must not open the conversation.
FIRST_MESSAGE_AGAIN = timedelta(minutes=10)


def accept(
    connection: Connection, contact_id: str | None, incoming: Incoming, now: datetime, claim: Claim | None = None
) -> Accepted:
    """Store the message, its event, and contact and conversation where they are new. Raises UnknownContact."""
    accepted = accept_from(connection, _contact(connection, contact_id, incoming, now), incoming, now, claim)
    return replace(accepted, is_new_contact=True) if contact_id is None else accepted


def accept_from(
    connection: Connection,
    contact: ContactRow,
    incoming: Incoming,
    now: datetime,
    claim: Claim | None = None,
    is_for_bot: bool = True,
) -> Accepted:
    """Like `accept`, from a contact that is locked.

    With `claim`, the contact is claimed in the same step if it is free and nothing waits before. While a
    counsellor has the conversation, or staff has it elsewhere (not `is_for_bot`), the message waits for nobody:
    it is theirs to read, and the bot is silent.
    """
    known = message_rows.by_client(connection, contact.id, incoming.client_id)
    if known:
        return Accepted(contact.id, known.id, known.event, is_new_contact=False, is_repeated=True)
    is_theirs = contact.handoff == HELD or not is_for_bot
    is_claimed = claim is not None and not is_theirs and _is_next(connection, contact, claim, now)
    conversation = current_conversation(connection, contact, now, incoming.page)
    row = MessageRow(
        id=uuid7(),
        contact_id=contact.id,
        conversation_id=conversation.id,
        event=contact.last_event + 1,
        role=VISITOR,
        created_at=now,
        client_id=incoming.client_id,
        text=incoming.text,
        choice=incoming.choice,
        choice_title=incoming.choice_title,
        language=incoming.language or contact.language,
        state=PRIVATE if is_theirs else WAITING,
        page=incoming.page,
    )
    event = add_message(connection, row)
    leased = {"worker": claim.worker, "lease_until": claim.until} if claim and is_claimed else {}
    contact_rows.change(connection, contact.id, last_seen_at=now, last_event=row.event, **leased)
    conversation_rows.touch(connection, conversation.id, now, incoming.language or contact.language)
    return Accepted(
        contact.id,
        row.id,
        row.event,
        is_new_contact=False,
        is_repeated=False,
        event=event,
        waiting=as_waiting(row, contact) if is_claimed else None,
        is_for_form=contact.handoff == FORM,
    )


def current_conversation(
    connection: Connection, contact: ContactRow, now: datetime, page: str | None = None
) -> ConversationRow:
    """The conversation that goes on, or a new one after a pause or a new start."""
    current = conversation_rows.newest_open(connection, contact.id)
    if current and now - current.last_message_at < IDLE:
        return current
    if current:
        conversation_rows.close(connection, current.id, now)
    new = ConversationRow(uuid7(), contact.id, now, now, page=page, language=contact.language)
    conversation_rows.add(connection, new)
    return new


def _is_next(connection: Connection, contact: ContactRow, claim: Claim, now: datetime) -> bool:
    return contact.is_free_for(claim.worker, now) and message_rows.next_waiting(connection, contact.id) is None


def _contact(connection: Connection, contact_id: str | None, incoming: Incoming, now: datetime) -> ContactRow:
    if contact_id is not None:
        contact = contact_rows.lock(connection, contact_id)
        if contact is None:
            raise UnknownContact("no such contact")
        return contact
    new = ContactRow(uuid7(), incoming.channel, incoming.client_id, None, now, last_event=0)
    if contact_rows.add(connection, new):
        return new
    earlier = contact_rows.lock_by_client(connection, incoming.client_id)
    if earlier and now - earlier.created_at < FIRST_MESSAGE_AGAIN:
        return earlier
    if earlier:
        contact_rows.change(connection, earlier.id, first_client_id=None)
    contact_rows.add(connection, new)
    return new
