"""Deletes every row that belongs to a contact. `ERASED_BY` says for each table how it is found."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.database import Connection
from bot.store.desk_tables import metadata, proposal, talk_note, talk_tag
from bot.store.handoff_tables import callback, callback_act, callback_draft, handoff, handoff_change, sight
from bot.store.messenger_tables import messenger_person, messenger_piece, messenger_unsent
from bot.store.tables import contact, conversation, message, outbox, turn

_conversations = sa.select(conversation.c.id)

#: Table and the column that leads to the contact; in this order no row points to one that is gone.
ERASED_BY: tuple[tuple[sa.Table, sa.Column], ...] = (
    (talk_note, talk_note.c.contact_id),
    (talk_tag, talk_tag.c.contact_id),
    (proposal, proposal.c.contact_id),
    (sight, sight.c.contact_id),
    (handoff_change, handoff_change.c.contact_id),
    (callback_act, callback_act.c.contact_id),
    (callback, callback.c.contact_id),
    (callback_draft, callback_draft.c.contact_id),
    (handoff, handoff.c.contact_id),
    (messenger_piece, messenger_piece.c.contact_id),
    (messenger_unsent, messenger_unsent.c.contact_id),
    (messenger_person, messenger_person.c.contact_id),
    (turn, turn.c.conversation_id),
    (outbox, outbox.c.contact_id),
    (message, message.c.contact_id),
    (conversation, conversation.c.contact_id),
    (contact, contact.c.id),
)

#: Tables without anything about a person, each with the reason.
KEPT: dict[str, str] = {
    "erased_conversation": "random ids of conversations that are gone, for a day",
    "activity": "group activities of the centre, as their sources publish them",
    "agenda_source": "where the activities come from and when they were last read",
    "agenda": "which process brings the activities up to date",
    "presence": "which counsellors are there, with the languages and themes they serve",
    "staff": "accounts of staff, who are no visitors",
    "staff_session": "who of the staff is signed in, as hashes",
    "staff_link": "one-time links for staff, as hashes",
    "sign_in": "tries to sign in to the desk, for 90 days",
    "staff_change": "what administrators changed in accounts and opening hours",
    "messenger_page": "pages of the centre and whether Meta takes our word there",
    "messenger_call": "what Meta has told, as it came, for the moment until it is worked off",
    "messenger_deletion": "requests of Meta to erase somebody: a random code, and whom it is about until it is done",
    "staff_notice": "what staff is still to be told, by reference and random id, until it is told",
}


def unregistered_tables() -> set[str]:
    """Tables that nobody decided about: each must stand in `ERASED_BY` or `KEPT`."""
    return set(metadata.tables) - {table.name for table, _ in ERASED_BY} - set(KEPT)


def erase_rows(connection: Connection, contact_id: str) -> int:
    """Delete all rows of a locked contact; how many there were."""
    of_contact = _conversations.where(conversation.c.contact_id == contact_id)
    gone = 0
    for table, column in ERASED_BY:
        is_theirs = column.in_(of_contact) if column.name == "conversation_id" else column == contact_id
        gone += connection.execute(sa.delete(table).where(is_theirs)).rowcount
    return gone
