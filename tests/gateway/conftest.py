"""One gateway for the tests that share it, with limits out of their way, and fresh visitors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.running_gateway import RunningGateway, Visitor

WIDE = {"FAQBOT_MESSAGES_PER_ADDRESS": "1000000", "FAQBOT_ORIGINS": "https://www.example.org"}


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    """A running gateway with a stand-in of the brain."""
    running = RunningGateway(tmp_path_factory.mktemp("gateway"), **WIDE)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def own_gateway(tmp_path: Path) -> Iterator[RunningGateway]:
    """A gateway for one test that does it harm."""
    running = RunningGateway(tmp_path, **WIDE)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def visitor(gateway: RunningGateway) -> Visitor:
    """Somebody who has not written yet."""
    return Visitor(gateway.url)
