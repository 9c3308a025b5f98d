"""An empty database in its newest form, once on SQLite and once on PostgreSQL; and a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.services.conversations.conversations import Conversations
from bot.services.conversations.records import Accepted, Event, Incoming
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.tracker_rows import TrackerRows
from tests.servers import postgres_database


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.time

    def pass_minutes(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)


class Door:
    """The service as a door uses it, with short words for what tests do often."""

    def __init__(self, url: str, trackers_url: str) -> None:
        self.clock = Clock()
        self.database = Database(url)
        self.trackers = TrackerRows(trackers_url)
        self.service = Conversations(self.database, self.clock, self.trackers)
        self.sent = 0

    def says(self, contact: str | None = None, text: str | None = "hallo", **fields: Any) -> Accepted:
        self.sent += 1
        incoming = Incoming(**{"client_id": f"client-{self.sent}", "text": text, **fields})
        return self.service.accept(contact, incoming)

    def answers(self, contact: str, language: str = "nl", topic: str | None = None, **report: Any) -> list[Event]:
        waiting = self.service.next_waiting(contact)
        assert waiting is not None
        said = {"language": language, "intent": "centre/languages", "decision": "answer", "confidence": 0.9}
        ranking = [{"intent": "centre/languages", "confidence": 0.9}]
        report = {**said, "ranking": ranking, **report}
        return self.service.answer(waiting, reply(language, topic), report, {"total": 5}).events

    def close(self) -> None:
        self.database.close()
        self.trackers.close()


def reply(language: str = "nl", topic: str | None = None) -> dict[str, Any]:
    return {"language": language, "topic": topic, "as_of": None, "parts": [{"kind": "text", "markdown": "Dag"}]}


@contextmanager
def database_url(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'faqbot.sqlite'}"
    else:
        with postgres_database() as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with database_url(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def door(empty_url: str, tmp_path: Path) -> Iterator[Door]:
    migrate(empty_url)
    is_file = empty_url.startswith("sqlite")
    opened = Door(empty_url, f"sqlite:///{tmp_path / 'trackers.sqlite'}" if is_file else empty_url)
    yield opened
    opened.close()
