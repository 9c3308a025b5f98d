"""A database in its newest form, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.migrate import migrate
from tests.databases import empty_url
from tests.services.agenda.house import House

__all__ = ["database", "empty_url"]


@pytest.fixture
def database(empty_url: str) -> Iterator[Database]:
    migrate(empty_url)
    opened = Database(empty_url)
    yield opened
    opened.close()


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path)
