"""One running bot for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.running_bot import RunningBot


@pytest.fixture(scope="session")
def bot(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A bot started with `faqbot run`, stopped with Ctrl-C."""
    running = RunningBot(tmp_path_factory.mktemp("bot"), releases)
    running.start()
    yield running
    running.stop()
