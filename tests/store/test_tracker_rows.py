"""Tracker rows: written whole or not at all, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.tracker_rows import TrackerRow, TrackerRows, TrackerRowsError
from tests.servers import postgres_database


@pytest.fixture(params=["sqlite", "postgresql"])
def rows(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TrackerRows]:
    if request.param == "sqlite":
        store = TrackerRows(f"sqlite:///{tmp_path / 'a folder' / 'trackers.sqlite'}")
        yield store
        store.close()
        return
    with postgres_database() as url:
        store = TrackerRows(url)
        yield store
        store.close()


def test_an_unknown_conversation_has_no_row(rows: TrackerRows) -> None:
    assert rows.read("c1") is None


def test_a_row_comes_back_as_written_and_is_replaced(rows: TrackerRows) -> None:
    rows.write(TrackerRow("c1", {"slots": {"language": "nl"}}, "t1", {"reply": "é😀"}))
    rows.write(TrackerRow("c1", {"slots": {"language": "fr"}}, "t2", {"reply": "b"}))

    assert rows.read("c1") == TrackerRow("c1", {"slots": {"language": "fr"}}, "t2", {"reply": "b"})
    assert rows.conversations() == ["c1"]


def test_an_erased_conversation_is_gone(rows: TrackerRows) -> None:
    rows.write(TrackerRow("c1", {}))

    assert rows.erase("c1")
    assert not rows.erase("c1")
    assert rows.read("c1") is None


def test_many_writers_at_once_lose_nothing(rows: TrackerRows) -> None:
    def write(worker: int) -> None:
        for turn in range(20):
            rows.write(TrackerRow(f"c{worker}", {"turn": turn}, f"t{turn}", {}))

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = {name: rows.read(name) for name in rows.conversations()}
    assert {name: row.state["turn"] for name, row in found.items() if row} == {f"c{n}": 19 for n in range(8)}


def test_a_database_that_cannot_be_read_is_an_error_and_never_an_empty_conversation(tmp_path: Path) -> None:
    path = tmp_path / "trackers.sqlite"
    path.write_bytes(b"this is no database at all" * 100)

    with pytest.raises(TrackerRowsError):
        TrackerRows(f"sqlite:///{path}").read("c1")


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "trackers.sqlite"
    store = TrackerRows(f"sqlite:///{path}")
    store.write(TrackerRow("c1", {"turn": 1}))
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    row = store.read("c1")

    writer.rollback()
    writer.close()
    store.close()
    assert row == TrackerRow("c1", {"turn": 1})
