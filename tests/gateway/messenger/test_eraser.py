"""Meta names people by another id than our pages do: the eraser asks for theirs, and waits while Meta is silent."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.foundation.messenger_settings import MessengerSettings
from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.messenger.app_people import AppPeople
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.deletion import Eraser
from bot.gateway.streams import Streams
from bot.gateway.words import GatewayWords
from bot.services.content.draft import read_draft
from bot.services.messenger.deletion import Deletions
from bot.services.messenger.happenings import Happenings, Said, Thread
from bot.services.messenger.intake import MessengerIntake
from bot.services.releases.active import ActiveContent
from bot.store import messenger_rows
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import PAGE


@pytest.fixture
def database(tmp_path: Path) -> Database:
    url = f"sqlite:///{tmp_path / 'faqbot.sqlite'}"
    migrate(url)
    return Database(url)


def words() -> GatewayWords:
    draft = PROJECT_FOLDER / "data"
    return GatewayWords(ActiveContent(PROJECT_FOLDER / "nowhere", draft), lambda: read_draft(draft).texts)


def knows(database: Database, psid: str) -> bool:
    with database.reading() as connection:
        return messenger_rows.find(connection, PAGE, psid) is not None


def write(database: Database, settings: MessengerSettings, psid: str) -> None:
    intake = MessengerIntake(database, settings, lambda key, language: key)
    with database.writing() as connection:
        intake.take_in(connection, Happenings((Said(Thread(PAGE, psid), "m_1", "Bonjour"),)), None, lease_seconds=60)


async def test_the_double_tells_who_somebody_is_at_our_pages(
    graph: RunningDouble, settings: MessengerSettings, client: GraphClient, database: Database
) -> None:
    person = graph.person(app_scoped_id="7771")
    person.say("Bonjour")
    write(database, settings, person.psid)
    deletions = Deletions(database)
    eraser = Eraser(deletions, words(), Streams(), AppPeople(settings, client).psids_of)

    nobody = await eraser.erase("999")
    assert knows(database, person.psid)
    code = await eraser.erase("7771")

    assert not knows(database, person.psid)
    for one in (nobody, code):
        found = deletions.find(one)
        assert found is not None
        assert found.done_at is not None


async def test_a_request_that_meta_hinders_is_done_later(database: Database, settings: MessengerSettings) -> None:
    write(database, settings, "7")
    answers: list[Any] = [OSError("no answer"), ["7"]]

    async def psids_of(user_id: str) -> list[str]:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return list(answer)

    deletions = Deletions(database)
    eraser = Eraser(deletions, words(), Streams(), psids_of)
    code = await eraser.erase("42")
    found = deletions.find(code)
    assert found is not None
    assert found.done_at is None
    assert knows(database, "7")

    eraser.start()
    for _ in range(100):
        await asyncio.sleep(0.02)
        if deletions.still_open() == []:
            break
    await eraser.stop()

    assert not knows(database, "7")
    assert answers == []
