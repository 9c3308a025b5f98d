"""A sender on a database of its own with Meta's double behind it; people who have written, what is said to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.foundation.ids import uuid7
from bot.foundation.messenger_settings import MessengerSettings
from bot.foundation.reply import Reply, Text
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.page_states import PageStates
from bot.gateway.messenger.posting import Posting
from bot.gateway.messenger.sender import Sender
from bot.gateway.metrics import Metrics
from bot.services.conversations.conversations import Conversations
from bot.services.conversations.records import Event
from bot.services.messenger.deliveries import Deliveries
from bot.services.messenger.pages import MessengerPages
from bot.store import contact_rows, messenger_rows, messenger_sending_rows
from bot.store.contact_rows import ContactRow
from bot.store.database import Database
from bot.store.messenger_rows import MessengerPersonRow
from bot.store.migrate import migrate
from tests.gateway.messenger.conftest import PAGE
from tests.gateway.messenger.shown import SHOWN
from tests.graph_double.running_double import Messenger


async def no_time(seconds: float) -> None:
    """Sleeps for nothing, and lets the others run."""
    await asyncio.sleep(0)


class Office:
    """One gateway's sender. Another `Office` on the same database is another gateway."""

    def __init__(
        self,
        url: str,
        settings: MessengerSettings,
        worker: str = "one",
        sleep: Callable[[float], Awaitable[None]] = no_time,
    ) -> None:
        self.database, self.seconds = Database(url), 0.0
        self.metrics, self.states = Metrics(), PageStates(lambda: self.seconds)
        self.pages = MessengerPages(self.database)
        self.client = GraphClient(settings, sleep=sleep)
        self.deliveries = Deliveries(self.database)
        self.posting = Posting(
            settings, self.client, SHOWN, self.deliveries, self.pages, self.states, self.metrics, sleep
        )
        self.sender = Sender(self.deliveries, self.posting, worker)
        self.conversations = Conversations(self.database)

    def knows(self, person: Messenger, page_id: str = PAGE.id, hours_ago: float = 0.0) -> str:
        """A contact for somebody at the double who wrote so long ago."""
        now = datetime.now(timezone.utc)
        contact_id = uuid7()
        wrote_at = now - timedelta(hours=hours_ago)
        row = MessengerPersonRow(page_id, person.psid, contact_id, now, last_from_person_at=wrote_at)
        with self.database.writing() as connection:
            contact_rows.add(connection, ContactRow(contact_id, "messenger", None, "fr", now, last_event=0))
            messenger_rows.add(connection, row)
        return contact_id

    def say(self, contact_id: str, *words: str, role: str = "bot") -> list[Event]:
        """Store messages for a contact."""
        replies = [Reply("fr", (Text(text),)).as_dict() for text in words]
        return [self.conversations.say(contact_id, reply, role) for reply in replies]

    async def send(self, *contact_ids: str) -> None:
        """Wake for these contacts, and wait until nobody is busy."""
        for contact_id in contact_ids:
            self.sender.wake(contact_id)
        await self.rest()

    async def rest(self) -> None:
        """Wait until nobody is busy."""
        while busy := list(self.sender._busy.values()):
            await asyncio.gather(*busy, return_exceptions=True)
            await asyncio.sleep(0)

    async def is_time_for(self, contact_id: str) -> None:
        """The page's pause is over, and so is that of this person; the sender looks twice."""
        self.seconds += 200
        self.change(contact_id, next_try_at=datetime.now(timezone.utc) - timedelta(seconds=1))
        for _ in range(2):
            await self.sender._wake_due()
            await self.rest()

    def row(self, contact_id: str) -> MessengerPersonRow:
        """How far the person was told."""
        with self.database.reading() as connection:
            row = messenger_rows.of_contact(connection, contact_id)
        assert row is not None
        return row

    def change(self, contact_id: str, **values: Any) -> None:
        """Change columns of the person."""
        with self.database.writing() as connection:
            messenger_rows.change(connection, contact_id, **values)

    def unsent(self, contact_id: str) -> dict[int, str]:
        """What was not sent, and why."""
        with self.database.reading() as connection:
            return messenger_sending_rows.unsent_of(connection, contact_id)

    async def close(self) -> None:
        """End everything."""
        await self.sender.stop()
        await self.client.close()
        self.database.close()


@pytest.fixture
async def office(empty_url: str, settings: MessengerSettings) -> AsyncIterator[Office]:
    """On each kind of database."""
    migrate(empty_url)
    opened = Office(empty_url, settings)
    yield opened
    await opened.close()
