"""One double for the tests of this folder, with a webhook for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.graph_double.callback import Callback
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import PAGE


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDouble]:
    running = RunningDouble(tmp_path_factory.mktemp("double")).start()
    yield running
    running.stop()


@pytest.fixture
def callback(double: RunningDouble) -> Iterator[Callback]:
    opened = Callback()
    double.control("PATCH", "webhooks", callback_url=opened.url, retry_seconds=0.1)
    yield opened
    double.control("DELETE", "webhooks")
    double.control("PATCH", "webhooks", batch_size=1, batch_seconds=0, repeat=0)
    opened.close()
    double.control("PATCH", f"pages/{PAGE}", routing=False, token_state="valid", human_agent=True)
