"""Migrations run by themselves, once, and make exactly the tables that the code describes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.store.database import Database, DatabaseError
from bot.store.desk_tables import metadata
from bot.store.migrate import migrate
from bot.store.tracker_rows import TrackerRow, TrackerRows


def test_the_migrations_make_the_tables_that_the_code_describes(empty_url: str) -> None:
    if not empty_url.startswith("sqlite"):
        TrackerRows(empty_url).write(TrackerRow("c1", {}))  # the engine's schema stands beside and is no difference
    migrate(empty_url)
    database = Database(empty_url)

    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "faqbot_version"})
        differences = compare_metadata(context, metadata)

    database.close()
    assert differences == []


def test_eight_starts_at_once_migrate_once(empty_url: str) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        try:
            migrate(empty_url)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    database = Database(empty_url)
    with database.reading() as connection:
        versions = connection.execute(text("SELECT version_num FROM faqbot_version")).scalars().all()
    database.close()
    assert failures == []
    assert versions == ["0009"]


def test_a_database_of_a_newer_version_is_refused_and_stays_as_it_is(empty_url: str) -> None:
    migrate(empty_url)
    database = Database(empty_url)
    with database.writing() as connection:
        connection.execute(text("UPDATE faqbot_version SET version_num = '9999'"))

    with pytest.raises(DatabaseError):
        migrate(empty_url)

    with database.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM faqbot_version")).scalar() == "9999"
    database.close()


def test_a_path_with_a_percent_sign_migrates(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'a %s folder' / 'faqbot.sqlite'}")

    assert (tmp_path / "a %s folder" / "faqbot.sqlite").exists()
