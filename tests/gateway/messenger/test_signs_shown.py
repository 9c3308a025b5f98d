"""Seen and typing: shown when the bot takes a message up, dropped when busy, never in anybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.foundation.messenger_settings import MessengerSettings
from bot.gateway.messenger.signs import Signs
from bot.gateway.streams import Passing
from bot.store.migrate import migrate
from tests.gateway.messenger.post_office import Office
from tests.graph_double.running_double import Messenger, RunningDouble

ON, OFF = Passing("typing", {"on": True}), Passing("typing", {"on": False})


@pytest.fixture
async def office(tmp_path: Path, settings: MessengerSettings) -> AsyncIterator[Office]:
    url = f"sqlite:///{tmp_path / 'faqbot.sqlite'}"
    migrate(url)
    opened = Office(url, settings)
    yield opened
    await opened.close()


@pytest.fixture
def signs(office: Office, settings: MessengerSettings) -> Signs:
    return Signs(settings, office.client, office.sender, office.states)


async def settle(signs: Signs) -> None:
    while signs._tasks:
        await asyncio.gather(*signs._tasks)


async def test_a_message_that_is_taken_up_is_seen_and_worked_on(
    office: Office, signs: Signs, person: Messenger
) -> None:
    contact = office.knows(person)

    signs.hear(contact, (ON,))
    await settle(signs)

    assert person.seen()["is_typed_to"]
    assert person.seen()["page_seen_until"] > 0


async def test_typing_ends_by_itself_with_an_answer_and_is_ended_without_one(
    office: Office, signs: Signs, person: Messenger, graph: RunningDouble
) -> None:
    contact = office.knows(person)
    (event,) = office.say(contact, "Oui.")

    signs.hear(contact, (event, OFF))
    await settle(signs)
    assert graph.calls() == []

    signs.hear(contact, (ON,))
    await settle(signs)
    signs.hear(contact, (OFF,))
    await settle(signs)
    assert not person.seen()["is_typed_to"]


async def test_no_sign_for_other_doors_nor_for_a_refused_page(
    office: Office, signs: Signs, person: Messenger, graph: RunningDouble
) -> None:
    contact = office.knows(person)
    signs.hear("a-visitor-of-the-website", (ON,))
    await settle(signs)
    assert office.sender.is_elsewhere("a-visitor-of-the-website")
    office.states.pause(office.posting._settings.pages[0].id, "token_refused")

    signs.hear(contact, (ON,))
    await settle(signs)

    assert graph.calls() == []


async def test_a_burst_drops_signs(office: Office, signs: Signs, person: Messenger, graph: RunningDouble) -> None:
    contact = office.knows(person)

    for _ in range(200):
        signs.hear(contact, (ON,))
    await settle(signs)

    assert 0 < len(graph.calls()) <= 20


async def test_what_goes_wrong_with_a_sign_hinders_nobody(
    office: Office, signs: Signs, person: Messenger, graph: RunningDouble
) -> None:
    contact = office.knows(person)
    graph.misbehave("token_expired", is_for_messages=False)

    signs.hear(contact, (ON,))
    await settle(signs)

    assert office.states.refused() == []


async def test_an_answer_that_takes_time_is_announced_seldom(
    office: Office, signs: Signs, person: Messenger, graph: RunningDouble
) -> None:
    contact, other = office.knows(person), graph.person()
    other.say("Bonjour")
    notice = Passing("delayed", {"text": "Un instant.", "language": "fr"})

    for _ in range(3):
        signs.hear(contact, (notice,))
        signs.hear(office.knows(other), (notice,))
    await settle(signs)

    assert person.words() == ["Un instant."]
    assert other.words() == []
