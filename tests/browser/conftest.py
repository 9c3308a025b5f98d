"""A running bot and Debian's Chromium for the tests in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.host_site import HostSite
from tests.processes.own_project import copy_of_project
from tests.processes.running_bot import RunningBot

#: Chromium as root, and silent about everything that is not our page.
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
#: The tests are one address with many visitors.
LIMITS = {"FAQBOT_MESSAGES_PER_SESSION": "1000", "FAQBOT_MESSAGES_PER_ADDRESS": "10000"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no Chromium on this machine; install Debian's package chromium")
    return found


@pytest.fixture(scope="session")
def door(chromium: str, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """The whole bot with its public door, in processes and a copy of the project of its own; not started where no
    browser could visit it."""
    project = copy_of_project(tmp_path_factory.mktemp("project"))
    running = RunningBot(tmp_path_factory.mktemp("door"), releases, project=project)
    running.environment.update(LIMITS)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium without a window. Closed with each module: while it is open, no other event loop can run."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def site() -> Iterator[HostSite]:
    """Somebody else's website that shows the widget."""
    opened = HostSite()
    yield opened
    opened.close()
