"""Floods and too many streams are refused with a time to wait; everybody else is served as before."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.gateway.limits import RateLimit
from bot.gateway.problems import Problem
from tests.gateway.running_gateway import RunningGateway, Visitor, new_id


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    """A gateway with its ordinary limits of rate, and few streams."""
    running = RunningGateway(
        tmp_path_factory.mktemp("narrow"),
        FAQBOT_MAX_STREAMS="3",
        FAQBOT_STREAMS_PER_SESSION="2",
        FAQBOT_STARTS_PER_ADDRESS="40",
    )
    running.start()
    yield running
    running.stop()


def from_address(gateway: RunningGateway, address: str) -> httpx.Client:
    return httpx.Client(base_url=gateway.url, headers={"X-Forwarded-For": address}, timeout=30)


def test_ten_thousand_messages_of_one_address_leave_the_others_in_peace(narrow: RunningGateway) -> None:
    codes: Counter[int] = Counter()

    def flood(count: int) -> None:
        with from_address(narrow, "192.0.2.1") as client:
            for _ in range(count):
                codes[client.post("/chat/messages", json={"client_id": new_id(), "text": "x"}).status_code] += 1

    threads = [threading.Thread(target=flood, args=(2500,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    slowest = 0.0
    neighbour = Visitor(narrow.url)
    neighbour.client = from_address(narrow, "192.0.2.2")
    for number in range(5):
        begun = time.monotonic()
        assert neighbour.post(text=f"in peace {number}").status_code == 202
        neighbour.wait_for_answers(number + 1)
        slowest = max(slowest, time.monotonic() - begun)
    for thread in threads:
        thread.join()

    assert sum(codes.values()) == 10_000
    assert set(codes) == {202, 429}
    assert codes[202] < 400
    assert slowest < 10


def test_one_visitor_too_fast_hears_when_to_go_on(narrow: RunningGateway) -> None:
    visitor = Visitor(narrow.url)
    visitor.client = from_address(narrow, "192.0.2.3")
    responses = [visitor.post(text=f"{number}") for number in range(30)]

    refused = [response for response in responses if response.status_code == 429]

    assert refused
    assert refused[0].json()["code"] == "too_many"
    assert refused[0].json()["retryable"] is True
    assert 1 <= int(refused[0].headers["retry-after"]) <= 60


def test_who_opens_pages_without_end_is_refused_and_the_others_go_on(narrow: RunningGateway) -> None:
    with from_address(narrow, "192.0.2.4") as greedy, from_address(narrow, "192.0.2.5") as other:
        opened = Counter(greedy.get("/chat/start").status_code for _ in range(100))
        others = other.get("/chat/start").status_code

    assert set(opened) == {200, 429}
    assert others == 200


def test_too_many_streams_are_refused_and_closed_ones_make_room(narrow: RunningGateway) -> None:
    one, two = Visitor(narrow.url), Visitor(narrow.url)
    for number, visitor in enumerate((one, two)):
        visitor.client = from_address(narrow, f"192.0.2.{10 + number}")
        visitor.post(text="hello")
    streams = [one.events(), one.events(), two.events()]
    for stream in streams[:2]:
        next(stream)
    third = one.client.get("/chat/events", headers=one.headers)
    next(streams[2])
    fourth = two.client.get("/chat/events", headers=two.headers)

    streams[0].close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 5
    while "faqbot_open_streams 2.0" not in narrow.figures():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    again = one.events()

    assert (third.status_code, third.json()["code"]) == (429, "too_many_streams")
    assert (fourth.status_code, fourth.json()["code"]) == (503, "full")
    assert next(again)


def test_a_rate_refills_evenly_and_forgets_the_longest_silent() -> None:
    moment = [0.0]
    rate = RateLimit(2, clock=lambda: moment[0])
    rate.take("a")
    rate.take("a")

    with pytest.raises(Problem) as refused:
        rate.take("a")
    rate.take("b")
    moment[0] = 30.0
    rate.take("a")
    with pytest.raises(Problem):
        rate.take("a")

    assert refused.value.wait_seconds == 30


def test_a_refusal_is_quick(narrow: RunningGateway) -> None:
    with from_address(narrow, "192.0.2.50") as client:
        codes = [
            client.post("/chat/messages", json={"client_id": new_id(), "text": "x"}).status_code for _ in range(150)
        ]
        begun = time.monotonic()
        for _ in range(100):
            client.post("/chat/messages", json={"client_id": new_id(), "text": "x"})

    assert 429 in codes
    assert time.monotonic() - begun < 3


def test_an_idle_stream_ends_and_the_next_goes_on_where_it_was(tmp_path: Path) -> None:
    running = RunningGateway(tmp_path, FAQBOT_IDLE_SECONDS="2")
    try:
        running.start()
        visitor = Visitor(running.url)
        visitor.post(text="hello")
        told = list(visitor.events())  # ends by itself
        last = max(number for number, _, _ in told if number is not None)
        visitor.post(text="again")

        number, kind, data = next(visitor.events(after=last))
    finally:
        running.stop()

    assert [data["role"] for _, kind, data in told if kind == "message"] == ["visitor", "bot"]
    assert (number, kind, data["text"]) == (last + 1, "message", "again")
