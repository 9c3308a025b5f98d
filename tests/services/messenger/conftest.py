"""People who write to two pages, on both databases, with a clock that tests move."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.services.messenger.happenings import Happenings, OfPerson, Said, StaffWrote, Thread
from bot.services.messenger.intake import MessengerIntake, TakenContact, TakenIn
from bot.services.messenger.profiles import Profiles
from bot.store import contact_rows, message_rows, messenger_rows, outbox_rows
from bot.store.contact_rows import ContactRow
from bot.store.message_rows import MessageRow
from bot.store.messenger_rows import MessengerPersonRow
from tests.databases import Door, door, empty_url

__all__ = ["door", "empty_url"]

PAGE, YOUTH = "111", "222"
SETTINGS = MessengerSettings(
    app_id="987",
    app_secret="secret",
    verify_token="token",
    pages=(
        MessengerPage(PAGE, "Cité des métiers", "t1", language="fr"),
        MessengerPage(YOUTH, "Touch'N'Go", "t2", theme="guidance", minutes_of_silence=5),
    ),
)


def _say(key: str, language: str) -> str:
    """The key and the language in the place of words, but for those that people type."""
    wishes = {"fr": "effacer mes données, efface mes données", "nl": "wis mijn gegevens", "en": "erase my data"}
    return wishes[language] if key == "messenger_erase_words" else f"{key}/{language}"


class House:
    """What the gateway does, in short words."""

    def __init__(self, door: Door) -> None:
        self.door, self.clock, self.database = door, door.clock, door.database
        self.intake = MessengerIntake(door.database, SETTINGS, _say, door.clock, door.trackers)
        self.profiles = Profiles(door.database)
        self.sent = 0

    def thread(self, psid: str = "7", page: str = PAGE, minutes: float = 0, **more: Any) -> Thread:
        """Now by Meta's clock, or so many minutes later."""
        return Thread(page, psid, self.moment(minutes), **more)

    def moment(self, minutes: float) -> datetime:
        return self.clock() + timedelta(minutes=minutes)

    def take(self, *happenings: OfPerson, worker: str | None = None) -> TakenIn:
        return self.take_all(Happenings(happenings), worker)

    def take_all(self, happenings: Happenings, worker: str | None = None) -> TakenIn:
        """Take in what a call told; raises what the intake raises."""
        with self.database.writing() as connection:
            taken = self.intake.take_in(connection, happenings, worker, lease_seconds=60)
        self.intake.forget(taken)
        return taken

    def one(self, *happenings: OfPerson, worker: str | None = None) -> TakenContact:
        """The same, where one person is concerned."""
        (contact,) = self.take(*happenings, worker=worker).contacts
        return contact

    def said(self, text: str | None = "Bonjour", mid: str | None = None, **fields: Any) -> Said:
        self.sent += 1
        own = {"thread": self.thread(), "client_id": mid or f"m_{self.sent}", "text": text}
        return Said(**{**own, **fields})

    def staff(self, text: str | None = "Ici Zoé", **fields: Any) -> StaffWrote:
        self.sent += 1
        return StaffWrote(**{"thread": self.thread(), "client_id": f"m_staff_{self.sent}", "text": text, **fields})

    def messages(self, contact: str) -> list[MessageRow]:
        with self.database.reading() as connection:
            return message_rows.of_contact(connection, contact)

    def states(self, contact: str) -> list[tuple[str | None, str]]:
        """What was said and what becomes of it."""
        return [(row.text or row.choice_title, row.state) for row in self.messages(contact)]

    def person(self, contact: str) -> MessengerPersonRow:
        with self.database.reading() as connection:
            found = messenger_rows.of_contact(connection, contact)
        assert found is not None
        return found

    def contact(self, contact: str) -> ContactRow:
        with self.database.reading() as connection:
            found = contact_rows.find(connection, contact)
        assert found is not None
        return found

    def set_handoff(self, contact: str, handoff: str) -> None:
        with self.database.writing() as connection:
            contact_rows.change(connection, contact, handoff=handoff)

    def payloads(self, contact: str) -> list[dict[str, Any]]:
        with self.database.reading() as connection:
            return [row.payload for row in outbox_rows.after(connection, contact, 0, 100)]


@pytest.fixture
def house(door: Door) -> House:
    return House(door)
