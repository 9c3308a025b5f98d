"""One gateway for the tests that share it, with limits out of their way, and fresh visitors.

Modules that choose `database` run on SQLite and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import database_url
from tests.gateway.running_gateway import RunningGateway, Visitor

WIDE = {"FAQBOT_MESSAGES_PER_ADDRESS": "1000000", "FAQBOT_ORIGINS": "https://www.example.org"}


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Which kind of database the gateway has; SQLite for modules that do not choose."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def gateway(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    """A running gateway with a stand-in of the brain."""
    with _running(database, tmp_path_factory.mktemp("gateway")) as running:
        yield running


@pytest.fixture
def own_gateway(database: str, tmp_path: Path) -> Iterator[RunningGateway]:
    """A gateway for one test that does it harm."""
    with _running(database, tmp_path) as running:
        yield running


@contextmanager
def _running(database: str, folder: Path) -> Iterator[RunningGateway]:
    with database_url(database, folder) as url:
        running = RunningGateway(folder, **WIDE, DATABASE_URL=url if database == "postgresql" else "")
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture
def visitor(gateway: RunningGateway) -> Visitor:
    """Somebody who has not written yet."""
    return Visitor(gateway.url)
