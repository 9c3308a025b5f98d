"""No call reads a whole table: with half a million messages that would be felt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.services.fallbacks.review import doubtful_turns
from bot.store.migrate import migrate
from tests.databases import Door, reply


@pytest.fixture
def file_door(tmp_path: Path) -> Iterator[Door]:
    url = f"sqlite:///{tmp_path / 'faqbot.sqlite'}"
    migrate(url)
    opened = Door(url, f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    yield opened
    opened.close()


def test_no_call_scans_a_table(file_door: Door) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "EXPLAIN")):
            asked.append((statement, parameters))

    sa.event.listen(file_door.database.engine, "before_cursor_execute", note)
    _use_everything(file_door)

    with file_door.database.reading() as connection:
        steps = [
            (step.detail, statement)
            for statement, parameters in list(asked)
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    scans = [
        (step, statement) for step, statement in steps if step.startswith("SCAN") and "message_waiting" not in step
    ]
    assert any("message_waiting" in step for step, _ in steps)
    assert scans == []


def _use_everything(door: Door) -> None:
    service, contact = door.service, door.says().contact_id
    service.contacts_waiting()
    service.claim(contact, "a")
    door.answers(contact)
    service.rate(contact, None, "up")
    service.events_after(contact, 0)
    service.set_language(contact, "en")
    service.say(contact, reply())
    service.transcript(contact)
    service.restart(contact)
    service.release(contact, "a")
    doubtful_turns(door.database, door.clock())
    service.erase(contact)
