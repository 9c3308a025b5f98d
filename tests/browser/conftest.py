"""A running bot and Debian's Chromium for the tests in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.processes.running_bot import RunningBot

#: Chromium as root, and silent about everything that is not our page.
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
#: The tests are one address with many visitors.
LIMITS = {"FAQBOT_MESSAGES_PER_SESSION": "1000", "FAQBOT_MESSAGES_PER_ADDRESS": "10000"}


@pytest.fixture(scope="session")
def door(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """The whole bot with its public door, in processes of its own."""
    running = RunningBot(tmp_path_factory.mktemp("door"), releases)
    running.environment.update(LIMITS)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Closed with each module: while it is open, no other event loop can run."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium on this machine; install Debian's package chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()
