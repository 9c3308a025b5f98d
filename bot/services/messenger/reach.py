"""How a counsellor reaches a person of Messenger: until when they may write, what was not sent. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.services.messenger.window import Way, closes_at, way_of
from bot.store import messenger_page_rows, messenger_rows, messenger_sending_rows
from bot.store.database import Connection
from bot.store.message_rows import COUNSELLOR
from bot.store.messenger_rows import ALL_PARTS, OK


@dataclass(frozen=True)
class Reach:
    """`is_open`: a counsellor may write now, until `closes_at`. `page_state` is `ok`, or why Meta refuses the page.

    `unsent` are the events that were not sent, with the reason; those after `sent_until` are still to be sent.
    """

    is_open: bool
    closes_at: datetime | None
    page_state: str
    unsent: Mapping[int, str]
    sent_until: int


def reach_of(connection: Connection, contact_id: str, now: datetime) -> Reach | None:
    """How a contact is reached; None for one of another door."""
    person = messenger_rows.of_contact(connection, contact_id)
    if person is None:
        return None
    pages = {row.page_id: row.state for row in messenger_page_rows.all_pages(connection)}
    is_begun = person.delivered_part < ALL_PARTS
    return Reach(
        is_open=way_of(COUNSELLOR, person.last_from_person_at, now) is not Way.CLOSED,
        closes_at=closes_at(person.last_from_person_at),
        page_state=pages.get(person.page_id, OK),
        unsent=messenger_sending_rows.unsent_of(connection, contact_id),
        sent_until=person.delivered_seq - is_begun,
    )


def stamp_of(connection: Connection, contact_id: str) -> str:
    """Changes with how far a person was told; empty for a contact of another door."""
    person = messenger_rows.of_contact(connection, contact_id)
    if person is None:
        return ""
    return f"/{person.delivered_seq}.{person.delivered_part}/{person.state}/{person.next_try_at is not None}"
