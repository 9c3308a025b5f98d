"""Fixtures that every room shares. The model is trained once per run and kept while it fits the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.commands.train import run_rasa_train
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.releases.folder import UNDERSTANDING
from bot.services.releases.publish import publish
from bot.understanding.understander import Understander
from tests.in_order import long_ones_first

if TYPE_CHECKING:
    from bot.engine.brain import Brain


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """See `tests.in_order`."""
    long_ones_first(items)


@pytest.fixture(scope="session")
def releases() -> Path:
    """The folder of releases, with an active one that fits the present data."""
    folder = read_settings().releases_folder
    publish(PROJECT_FOLDER, folder, run_rasa_train)
    return folder


@pytest.fixture(scope="session")
def understander(releases: Path) -> Understander:
    """The understanding of the active release."""
    active = (releases / "active").read_text(encoding="ascii").strip()
    return Understander.load(releases / active / UNDERSTANDING)


@pytest.fixture(scope="session")
def local(releases: Path) -> Brain:
    """The real dialogue engine in this process: the release's model, SQLite in memory, actions in-process."""
    from actions.in_process import run_action
    from bot.commands.quiet import quiet_rasa

    quiet_rasa()
    from bot.engine.local_brain import local_brain

    return local_brain(read_settings(), run_action)
