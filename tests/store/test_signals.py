"""Signals go from one gateway to the others, never back, and come again after the connection was lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg2
import pytest

from bot.foundation.settings import read_settings
from bot.store.signals import Signals, open_signals
from tests.gateway.running_gateway import wait_until
from tests.servers import postgres_database


@dataclass
class Listening:
    """Signals with what they have heard; `gaps` counts the times when something may have been missed."""

    signals: Signals
    heard: list[str] = field(default_factory=list)
    gaps: list[None] = field(default_factory=list)

    def start(self) -> None:
        self.signals.start(self.heard.append, lambda: self.gaps.append(None))
        wait_until(lambda: len(self.gaps) == 1, 10)


@pytest.fixture
def url() -> Iterator[str]:
    with postgres_database() as address:
        yield address


@pytest.fixture
def both(url: str) -> Iterator[tuple[Listening, Listening]]:
    one, other = Listening(Signals(url)), Listening(Signals(url))
    for each in (one, other):
        each.start()
    yield one, other
    for each in (one, other):
        each.signals.stop()


def test_the_other_hears_in_order_and_the_speaker_nothing(both: tuple[Listening, Listening]) -> None:
    one, other = both
    words = [f"word {number}: é'\"" for number in range(200)]

    for word in words:
        one.signals.send(word)

    wait_until(lambda: len(other.heard) >= 200, 10)
    assert other.heard == words
    assert one.heard == []


def test_after_a_lost_connection_a_gap_is_told_and_signals_come_again(
    url: str, both: tuple[Listening, Listening]
) -> None:
    one, other = both
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    wait_until(lambda: len(one.gaps) == len(other.gaps) == 2, 20)

    one.signals.send("again")

    wait_until(lambda: other.heard == ["again"], 10)


def test_what_is_said_before_the_connection_is_there_is_said_then(url: str) -> None:
    listener, speaker = Listening(Signals(url)), Listening(Signals(url))
    listener.start()
    speaker.signals.send("early")

    speaker.start()

    wait_until(lambda: listener.heard == ["early"], 10)
    for each in (listener, speaker):
        each.signals.stop()


def test_while_the_database_is_away_nobody_waits_and_the_newest_words_are_kept(url: str) -> None:
    listener, speaker = Listening(Signals(url)), Listening(Signals(url))
    listener.start()

    for number in range(100_000):  # more than a pipe holds
        speaker.signals.send(str(number))
    speaker.start()

    wait_until(lambda: "99999" in listener.heard, 20)
    assert len(listener.heard) == 10_000
    for each in (listener, speaker):
        each.signals.stop()


def test_without_postgresql_there_are_none() -> None:
    assert open_signals(read_settings({})) is None
