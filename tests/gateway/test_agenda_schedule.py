"""A gateway brings the agenda up to date by itself, tells how old it is, and goes on when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.gateway.running_gateway import RunningGateway, Visitor, wait_until

_PATIENCE_SECONDS = 150


def wait_for(what: Callable[[], Any]) -> Any:
    """What it returns as soon as that is true."""
    wait_until(lambda: bool(what()), _PATIENCE_SECONDS)
    return what()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., RunningGateway]]:
    running: list[RunningGateway] = []

    def start(**settings: str) -> RunningGateway:
        gateway = RunningGateway(tmp_path, FAQBOT_AGENDA_MINUTES="30", **settings)
        running.append(gateway)
        gateway.start()
        return gateway

    yield start
    for gateway in running:
        gateway.stop()


def told(gateway: RunningGateway) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{gateway.ops_url}/ready").json()["agenda"]
    return found


def test_the_first_start_shows_the_sample_and_the_private_port_tells_its_age(
    started: Callable[..., RunningGateway],
) -> None:
    gateway = started()

    wait_for(lambda: len(told(gateway)["age_seconds"]) == 2)

    state = told(gateway)
    assert state["is_sample"]
    assert state["problems"] == {}
    assert all(0 <= age < _PATIENCE_SECONDS for age in state["age_seconds"].values())
    figures = httpx.get(f"{gateway.ops_url}/metrics").text
    assert 'faqbot_agenda_source_failing{source="sample-table"} 0.0' in figures
    assert 'faqbot_agenda_source_age_seconds{source="sample-calendar"}' in figures


def test_a_source_that_cannot_be_read_is_told_and_visitors_are_answered(
    started: Callable[..., RunningGateway], tmp_path: Path
) -> None:
    sources = tmp_path / "sources.yml"
    sources.write_text("sources:\n  centre:\n    kind: csv\n    file: absent.csv\n", encoding="utf-8")
    gateway = started(FAQBOT_AGENDA_SOURCES=str(sources))

    problems = wait_for(lambda: told(gateway)["problems"])

    assert "absent.csv cannot be read" in problems["centre"]
    assert not told(gateway)["is_sample"]
    assert 'faqbot_agenda_source_failing{source="centre"} 1.0' in httpx.get(f"{gateway.ops_url}/metrics").text
    visitor = Visitor(gateway.url)
    assert visitor.post(text="hallo").status_code in {200, 201, 202}
    assert visitor.wait_for_answers(1)
