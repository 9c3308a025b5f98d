"""The whole bot on PostgreSQL: two gateways are one to a visitor, and erased is erased, whatever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg2
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
    with stopped(shared, "rasa run"):  # the answer cannot be there before
        for visitor in visitors:
            visitor.post(choice=f"topic:{TOPICS[0]}", choice_title="?", language="fr")
        wait_until(lambda: is_at_work(visitors[-1]), 10)
        second.process.kill()

    for visitor in visitors:
        visitor.client = httpx.Client(base_url=shared.settings.door.local_url, timeout=30)
        follower = Follower(visitor)
        visitor.post(choice=f"topic:{TOPICS[1]}", choice_title="?", language="fr")
        follower.wait_for_answers(2, 60)
        assert topics(follower) == list(TOPICS[:2])


def test_what_the_brain_writes_after_the_erasing_goes_when_the_door_is_back(shared: RunningBot) -> None:
    before, visitor = (Visitor(shared.settings.door.local_url) for _ in range(2))
    before.post(choice=f"topic:{TOPICS[0]}", choice_title="?", language="en")
    before.wait_for_answers(1)  # the brain has made its table
    blocker = psycopg2.connect(shared.settings.database_url)
    with stopped(shared, "supervisor.supervisord"):
        with stopped(shared, "rasa run"):
            accepted = visitor.post(choice=f"topic:{TOPICS[0]}", choice_title="?", language="en").json()
            conversation = conversation_of(shared, accepted["message_id"])
            # The same row, not yet there for others: the brain can only write its own when this is taken back.
            row = f"INSERT INTO rasa.tracker (conversation, state) VALUES ('{conversation}', '{{}}')"
            blocker.cursor().execute(row)
        wait_until(lambda: waits_for_another(shared), 30)

        assert visitor.client.delete("/chat", headers=visitor.headers).status_code == 204
        shared.kill("gateway_process")
        blocker.rollback()
        blocker.close()
        wait_until(lambda: shared.row(conversation) is not None, 30)

    wait_until(lambda: is_alive(shared.settings.door.local_url), 60)
    wait_until(lambda: shared.row(conversation) is None, 30)
    after = httpx.get(f"{shared.settings.door.local_url}/chat/history", headers=visitor.headers)
    assert after.status_code == 401


@contextmanager
def stopped(bot: RunningBot, words: str) -> Iterator[None]:
    """Processes of the bot stand still meanwhile."""
    processes = bot.process_ids(words)
    assert processes
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def conversation_of(bot: RunningBot, message_id: str) -> str:
    """The conversation that a message went into."""
    return str(asked(bot, "SELECT conversation_id FROM message WHERE id = %s", message_id))


def waits_for_another(bot: RunningBot) -> bool:
    """Whether somebody's write waits for a lock of somebody else."""
    return bool(asked(bot, "SELECT count(*) FROM pg_locks WHERE NOT granted"))


def asked(bot: RunningBot, query: str, *values: str) -> object:
    """The first value that the database gives."""
    connection = psycopg2.connect(bot.settings.database_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()[0]
    finally:
        connection.close()


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
