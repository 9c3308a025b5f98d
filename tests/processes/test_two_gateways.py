"""Two gateways on one PostgreSQL before one real Rasa: a visitor who goes to and fro notices nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.foundation.settings import PROJECT_FOLDER
from tests.gateway.following import Follower
from tests.gateway.running_gateway import Visitor, wait_until
from tests.processes.running_bot import RunningBot, free_port
from tests.servers import postgres_database

#: Choices, because what they answer does not depend on what was said before.
TOPICS = ("centre/opening_hours", "centre/address_and_access", "centre/languages", "guidance/become_nurse")


@dataclass(frozen=True)
class Second:
    """A gateway beside the bot's own; no supervisor brings it back."""

    url: str
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def shared(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A bot whose database another gateway can use too."""
    with postgres_database() as url:
        running = RunningBot(tmp_path_factory.mktemp("shared"), releases, database_url=url)
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture
def second(shared: RunningBot) -> Iterator[Second]:
    """The other gateway, with the same secrets."""
    port = str(free_port())
    environment = {**shared.environment, "FAQBOT_PORT": port, "FAQBOT_OPS_PORT": str(free_port())}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.commands.gateway_process"],
        cwd=PROJECT_FOLDER,
        env={**os.environ, **environment},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: is_alive(url), 60)
        yield Second(url, process)
    finally:
        process.kill()
        process.wait()


def test_who_goes_to_and_fro_gets_every_answer_once_and_in_order_on_both_streams(
    shared: RunningBot, second: Second
) -> None:
    here, there = Visitor(shared.settings.door.local_url), Visitor(second.url)
    asked = [TOPICS[number % len(TOPICS)] for number in range(12)]
    here.post(choice=f"topic:{asked[0]}", choice_title="0", language="nl")
    there.token = here.token
    followers = [Follower(here), Follower(there)]

    for number, topic in enumerate(asked[1:], start=1):
        visitor = (here, there)[number % 2]
        assert visitor.post(choice=f"topic:{topic}", choice_title=str(number), language="nl").status_code == 202

    for follower in followers:
        follower.wait_for_answers(len(asked), 60)
        assert topics(follower) == asked
        assert follower.numbers == list(range(1, len(follower.numbers) + 1))


def test_a_gateway_killed_in_the_middle_of_a_message_leaves_it_to_the_other(
    shared: RunningBot, second: Second
) -> None:
    visitors = [Visitor(second.url) for _ in range(5)]
    brains = shared.process_ids("rasa run")
    for process in brains:
        os.kill(process, signal.SIGSTOP)  # the answer cannot be there before
    try:
        for visitor in visitors:
            visitor.post(choice=f"topic:{TOPICS[0]}", choice_title="?", language="fr")
        wait_until(lambda: is_at_work(visitors[-1]), 10)
        second.process.kill()
    finally:
        for process in brains:
            os.kill(process, signal.SIGCONT)

    for visitor in visitors:
        visitor.client = httpx.Client(base_url=shared.settings.door.local_url, timeout=30)
        follower = Follower(visitor)
        visitor.post(choice=f"topic:{TOPICS[1]}", choice_title="?", language="fr")
        follower.wait_for_answers(2, 60)
        assert topics(follower) == list(TOPICS[:2])


def is_at_work(visitor: Visitor) -> bool:
    """Whether a gateway is at work for this visitor: its streams are told that somebody types."""
    return next(kind for _, kind, _ in visitor.events(after=1)) == "typing"


def topics(follower: Follower) -> list[str]:
    return [data["topic"] for _, _, data in follower.told if data.get("role") == "bot"]


def is_alive(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
