"""Meta's double for the tests of this folder, and a client that waits for nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.gateway.messenger.client import GraphClient
from tests.graph_double.__main__ import PAGES, VERIFY_TOKEN
from tests.graph_double.running_double import Messenger, RunningDouble
from tests.messenger_payloads import APP, SECRET

PAGE, OTHER = (MessengerPage(page.id, page.name, page.token) for page in PAGES)


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDouble]:
    """One double for a module; nobody takes its webhooks."""
    running = RunningDouble(tmp_path_factory.mktemp("double")).start()
    yield running
    running.stop()


@pytest.fixture
def graph(double: RunningDouble) -> RunningDouble:
    """The double without faults, with good tokens and without a memory of calls."""
    double.control("DELETE", "faults")
    double.control("DELETE", "calls")
    for page in PAGES:
        double.control("PATCH", f"pages/{page.id}", token_state="valid", routing=False, human_agent=True)
    return double


@pytest.fixture
def settings(double: RunningDouble) -> MessengerSettings:
    """Two pages at the double."""
    return MessengerSettings(APP, SECRET, VERIFY_TOKEN, (PAGE, OTHER), graph_url=double.url)


@pytest.fixture
def person(graph: RunningDouble) -> Messenger:
    """Somebody who has just written."""
    messenger = graph.person()
    messenger.say("Bonjour")
    return messenger


class Pauses:
    """In place of a clock: notes how long was slept, and goes on at once."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    """What the client slept."""
    return Pauses()


@pytest.fixture
async def client(settings: MessengerSettings, pauses: Pauses) -> AsyncIterator[GraphClient]:
    """A client of the double whose chance is always the greatest."""
    opened = GraphClient(settings, sleep=pauses, chance=lambda: 1.0)
    yield opened
    await opened.close()
