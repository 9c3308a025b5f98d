"""Finds or makes the person behind an id at a page, with a contact of their own. In the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from bot.foundation.ids import uuid7
from bot.store import contact_rows, messenger_rows
from bot.store.contact_rows import ContactRow
from bot.store.database import Connection
from bot.store.messenger_held import find_held
from bot.store.messenger_rows import MessengerPersonRow

CHANNEL = "messenger"


def find_or_make(
    connection: Connection, page_id: str, psid: str, now: datetime
) -> tuple[MessengerPersonRow, ContactRow, bool]:
    """Person, held contact, and whether both are new. Two calls at once make one person."""
    while True:
        known = find_held(connection, page_id, psid)
        if known:
            return (*known, False)
        contact = ContactRow(uuid7(), CHANNEL, None, None, now, last_event=0)
        contact_rows.add(connection, contact)
        person = MessengerPersonRow(page_id, psid, contact.id, now)
        if messenger_rows.add(connection, person):
            return person, contact, True
        contact_rows.remove(connection, contact.id)
