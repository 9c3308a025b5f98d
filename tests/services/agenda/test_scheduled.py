"""The sync that runs by itself: what it does once, when another works, and when its sources cannot be read."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.foundation import clock
from bot.foundation.settings import Settings, read_settings
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.scheduled import Schedule, sync_now
from bot.store import agenda_rows
from bot.store.database import Database
from bot.store.migrate import open_database

#: For a machine with much else to do; shorter than a lease, which would run out by itself.
_PATIENCE_SECONDS = 150


def settings(folder: Path, **environment: str) -> Settings:
    return read_settings({"FAQBOT_DATA_FOLDER": str(folder), **environment})


def wait_until(holds: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < ends_at, "it did not come"
        time.sleep(0.05)


def lease_is_free(database: Database) -> bool:
    now = clock.now()
    with database.writing() as connection:
        return agenda_rows.take_lease(connection, "next", now, now + timedelta(minutes=5))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(settings(tmp_path))


def test_one_sync_reads_the_sample(tmp_path: Path, database: Database) -> None:
    assert sync_now(settings(tmp_path)) == 0

    assert Agenda(database).state(clock.now()).is_sample
    with database.reading() as connection:
        assert agenda_rows.synced_at(connection) is not None


def test_while_another_process_works_it_is_left_alone(tmp_path: Path, database: Database) -> None:
    now = clock.now()
    with database.writing() as connection:
        agenda_rows.take_lease(connection, "another", now, now + timedelta(minutes=5))

    assert sync_now(settings(tmp_path)) == 3
    assert Agenda(database).state(now).last_sync == {}


def test_a_file_of_sources_that_cannot_be_read_is_told_and_changes_nothing(
    tmp_path: Path, database: Database
) -> None:
    sync_now(settings(tmp_path))
    before = Agenda(database).state(clock.now()).last_sync

    assert sync_now(settings(tmp_path, FAQBOT_AGENDA_SOURCES=str(tmp_path / "absent.yml"))) == 1

    assert Agenda(database).state(clock.now()).last_sync == before


def test_the_schedule_syncs_at_once_in_a_process_of_its_own_and_ends_when_told(
    tmp_path: Path, database: Database
) -> None:
    schedule = Schedule(settings(tmp_path, FAQBOT_AGENDA_MINUTES="30"), database)
    schedule.start()
    try:
        wait_until(lambda: bool(Agenda(database).state(clock.now()).last_sync))
    finally:
        schedule.stop()

    assert Agenda(database).state(clock.now()).is_sample


def test_a_sync_that_is_ended_gives_its_lease_back(tmp_path: Path, database: Database) -> None:
    schedule = Schedule(settings(tmp_path, FAQBOT_AGENDA_MINUTES="30"), database)
    schedule.start()
    wait_until(lambda: bool(Agenda(database).state(clock.now()).last_sync))  # the first of two sources

    schedule.stop()

    wait_until(lambda: lease_is_free(database))


def test_a_schedule_of_zero_minutes_never_begins(tmp_path: Path, database: Database) -> None:
    schedule = Schedule(settings(tmp_path, FAQBOT_AGENDA_MINUTES="0"), database)

    schedule.start()
    schedule.stop()

    assert not schedule._thread.is_alive()
    assert Agenda(database).state(clock.now()).last_sync == {}
