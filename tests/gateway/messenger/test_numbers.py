"""A number typed under a numbered list is the choice with that number, and elsewhere just words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.foundation.messenger_settings import MessengerSettings
from bot.foundation.reply import Choice, Choices, Reply, Text
from bot.gateway.messenger.numbers import Numbers
from bot.services.messenger.happenings import Happenings, Said, Thread, Unsent
from bot.store.migrate import migrate
from tests.gateway.messenger.conftest import PAGE
from tests.gateway.messenger.post_office import Office
from tests.gateway.messenger.shown import SHOWN
from tests.graph_double.running_double import Messenger

LIST = Choices(tuple(Choice(f"activity:{number}", f"Atelier {number}") for number in range(1, 18)))


@pytest.fixture
async def office(tmp_path: Path, settings: MessengerSettings) -> AsyncIterator[Office]:
    url = f"sqlite:///{tmp_path / 'faqbot.sqlite'}"
    migrate(url)
    opened = Office(url, settings)
    yield opened
    await opened.close()


def typed(office: Office, person: Messenger, text: str) -> Said:
    """How a text is read."""
    said = Said(Thread(PAGE.id, person.psid), "client", text)
    read = Numbers(office.deliveries, SHOWN).read(Happenings((said, Unsent(said.thread, "other"))))
    (one, other) = read.of_people
    assert isinstance(one, Said)
    assert isinstance(other, Unsent)
    return one


async def test_the_number_of_a_list_is_its_choice(office: Office, person: Messenger) -> None:
    contact = office.knows(person)
    office.conversations.say(contact, Reply("fr", (Text("Lequel ?"), LIST)).as_dict(), "bot")

    assert typed(office, person, "17") == Said(
        Thread(PAGE.id, person.psid), "client", None, "activity:17", "Atelier 17"
    )
    for text in ("18", "0", "17 ans", "1er", "bonjour"):
        assert typed(office, person, text).text == text


async def test_a_number_after_another_word_of_staff_or_without_a_list_is_a_number(
    office: Office, person: Messenger
) -> None:
    assert typed(office, person, "3").text == "3"
    contact = office.knows(person)
    office.conversations.say(contact, Reply("fr", (Text("Lequel ?"), LIST)).as_dict(), "bot")
    office.say(contact, "Je regarde.", role="counsellor")

    assert typed(office, person, "3").text == "3"
