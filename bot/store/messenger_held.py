"""Finds a person of Messenger and holds their contact, in one statement: so begins all that is stored for them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.contact_rows import ContactRow
from bot.store.database import Connection
from bot.store.messenger_rows import MessengerPersonRow
from bot.store.messenger_tables import messenger_person as person
from bot.store.tables import contact

_OF_CONTACT, _OF_PERSON = tuple(ContactRow.__dataclass_fields__), tuple(MessengerPersonRow.__dataclass_fields__)
#: The contact stands first: it is held first, as by whoever else writes for it.
_HELD = (
    sa.select(*(contact.c[name] for name in _OF_CONTACT), *(person.c[name] for name in _OF_PERSON))
    .select_from(sa.join(contact, person, contact.c.id == person.c.contact_id))
    .where(person.c.page_id == sa.bindparam("page"), person.c.psid == sa.bindparam("who"))
    .with_for_update(key_share=True)
)


def find_held(connection: Connection, page_id: str, psid: str) -> tuple[MessengerPersonRow, ContactRow] | None:
    """Person and contact as they are once nobody else writes for them; held until the transaction ends."""
    row = connection.execute(_HELD, {"page": page_id, "who": psid}).first()
    if row is None:
        return None
    values = tuple(row)
    of_contact = dict(zip(_OF_CONTACT, values, strict=False))
    of_person = dict(zip(_OF_PERSON, values[len(_OF_CONTACT) :], strict=True))
    return MessengerPersonRow(**of_person), ContactRow(**of_contact)
