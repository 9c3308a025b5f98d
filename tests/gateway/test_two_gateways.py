"""Two gateways on one PostgreSQL: to a visitor they are one, also when one of them dies."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.databases import database_url
from tests.gateway.conftest import WIDE
from tests.gateway.following import Follower
from tests.gateway.running_gateway import RunningGateway, Visitor, new_id, wait_until


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[RunningGateway, RunningGateway]]:
    """Two gateways with one database and one stand-in of the brain."""
    with database_url("postgresql", tmp_path) as url:
        one = RunningGateway(tmp_path, **WIDE, DATABASE_URL=url)
        other = one.beside()
        with ExitStack() as started:
            started.callback(one.stop)
            one.start()
            started.callback(other.stop_gateway, signal.SIGKILL)
            other.start_gateway()
            yield one, other


def test_who_writes_to_both_in_turn_is_answered_once_and_in_order_on_both_streams(
    two: tuple[RunningGateway, RunningGateway],
) -> None:
    here, there = Visitor(two[0].url), Visitor(two[1].url)
    here.post(text="message 0")
    there.token = here.token
    followers = [Follower(here), Follower(there)]

    for number in range(1, 20):
        assert (here, there)[number % 2].post(text=f"message {number}").status_code == 202

    wanted = [f"<p><strong>message {number}</strong></p>" for number in range(20)]
    for follower in followers:
        assert follower.wait_for_answers(20) == wanted
        assert follower.numbers == list(range(1, 42))  # one tells the language
    assert [turn["text"] for turn in two[0].turns()] == [f"message {number}" for number in range(20)]


def test_a_stream_elsewhere_hears_at_once_of_typing_delay_answer_and_erasing(
    two: tuple[RunningGateway, RunningGateway],
) -> None:
    here, there = Visitor(two[0].url), Visitor(two[1].url)
    here.post(text="hello", language="en")
    here.wait_for_answers(1)
    there.token = here.token
    follower = Follower(there)
    wait_until(lambda: len(follower.answers) == 1, 10)

    here.post(text="SLOW", language="en")
    wait_until(lambda: len(follower.answers) == 2, 20)
    here.client.delete("/chat", headers=here.headers)

    wait_until(lambda: follower.kinds[-1] == "erased", 10)
    kinds = follower.kinds[follower.kinds.index("message", 2) :]
    assert [kind for kind in kinds if kind != "language"] == [
        "message",
        "typing",
        "delayed",
        "message",
        "typing",
        "erased",
    ]


def test_a_stream_that_opens_elsewhere_hears_that_an_answer_is_on_its_way(
    two: tuple[RunningGateway, RunningGateway],
) -> None:
    here, there = Visitor(two[0].url), Visitor(two[1].url)
    here.post(text="SLOW", language="en")
    there.token = here.token
    follower = Follower(here)
    wait_until(lambda: "delayed" in follower.kinds, 10)

    told = [kind for (_, kind, _), _ in zip(there.events(after=1), range(2), strict=False)]

    assert told == ["typing", "delayed"]


def test_a_gateway_killed_in_the_middle_of_a_message_leaves_it_to_the_other(
    two: tuple[RunningGateway, RunningGateway],
) -> None:
    visitors = [Visitor(two[1].url) for _ in range(5)]
    for visitor in visitors:
        visitor.post(text="SLOW")
    wait_until(lambda: len(two[0].turns()) == 5, 10)
    two[1].stop_gateway(signal.SIGKILL)
    left = [Visitor(two[0].url) for _ in visitors]
    for visitor, same in zip(visitors, left, strict=True):
        same.token = visitor.token
    followers = [Follower(visitor) for visitor in left]

    for follower, visitor in zip(followers, left, strict=True):
        visitor.post(text="and this", client_id=new_id())
        assert follower.wait_for_answers(2) == ["<p><strong>SLOW</strong></p>", "<p><strong>and this</strong></p>"]
        assert follower.numbers == [1, 2, 3, 4, 5]
    two[1].start_gateway()


def test_messages_that_kill_the_brain_take_no_message_of_the_other_gateway_with_them(
    two: tuple[RunningGateway, RunningGateway],
) -> None:
    slow = [Visitor(two[1].url) for _ in range(3)]
    for visitor in slow:
        visitor.post(text="SLOW")
    wait_until(lambda: len(two[0].turns()) == 3, 20)
    # Nine losses in all, so that a slow message beside them would be there at three.
    killers = [Visitor(two[0].url) for _ in range(3)]
    for killer in killers:
        killer.post(text="DIE", language="nl")

    for killer in killers:
        assert "dit bericht lukt me niet" in killer.wait_for_answers(1, seconds=120)[0]
    for visitor in slow:
        assert visitor.wait_for_answers(1, seconds=90) == ["<p><strong>SLOW</strong></p>"]
