"""The brain is away, breaks, hangs or dies; the gateway is killed: everything is answered, nothing twice."""

from __future__ import annotations

import signal
import time

import pytest

from tests.gateway.running_gateway import RunningGateway, Visitor, wait_until

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def test_while_the_brain_is_away_messages_wait_and_are_then_answered_once(own_gateway: RunningGateway) -> None:
    own_gateway.stop_brain()
    visitors = [Visitor(own_gateway.url) for _ in range(20)]
    for number, visitor in enumerate(visitors):
        assert visitor.post(text=f"waiting {number}").status_code == 202
    time.sleep(1)
    assert all(visitor.answers() == [] for visitor in visitors)

    own_gateway.start_brain()

    for number, visitor in enumerate(visitors):
        assert visitor.wait_for_answers(1) == [f"<p><strong>waiting {number}</strong></p>"]


def test_a_person_can_be_had_while_the_brain_is_away(own_gateway: RunningGateway) -> None:
    own_gateway.stop_brain()
    visitor = Visitor(own_gateway.url)
    visitor.post(choice="human", choice_title="A person", language="en")

    assert "0800 555 66" in visitor.wait_for_answers(1, seconds=3)[0]


def test_a_message_that_breaks_the_brain_is_set_aside_and_the_next_goes_on(own_gateway: RunningGateway) -> None:
    visitor = Visitor(own_gateway.url)
    visitor.post(text="BREAK", language="en")
    visitor.post(text="good", language="en")

    first, second = visitor.wait_for_answers(2)

    assert "I cannot handle this message" in first
    assert second == "<p><strong>good</strong></p>"
    assert [turn["text"] for turn in own_gateway.turns()] == ["BREAK", "BREAK", "BREAK", "good"]
    assert "faqbot_set_aside_total 1.0" in own_gateway.figures()


def test_a_message_that_kills_the_brain_takes_no_other_with_it(own_gateway: RunningGateway) -> None:
    slow = [Visitor(own_gateway.url) for _ in range(5)]
    for visitor in slow:
        visitor.post(text="SLOW")
    wait_until(lambda: len(own_gateway.turns()) == 5, 10)
    killer = Visitor(own_gateway.url)
    killer.post(text="DIE", language="nl")

    (set_aside,) = killer.wait_for_answers(1, seconds=90)
    answers = [visitor.wait_for_answers(1, seconds=90) for visitor in slow]

    assert "dit bericht lukt me niet" in set_aside
    assert answers == [["<p><strong>SLOW</strong></p>"]] * 5
    assert sum(turn["text"] == "DIE" for turn in own_gateway.turns()) == 3


def test_nothing_said_by_the_brain_becomes_an_apology_with_the_contact_ways(gateway: RunningGateway) -> None:
    visitor = Visitor(gateway.url)
    visitor.post(text="EMPTY", language="en")

    (answer,) = visitor.wait_for_answers(1)

    assert "0800 555 66" in answer
    assert "info@cdm-bp.brussels" in answer


def test_a_choice_that_is_gone_is_told_politely(gateway: RunningGateway) -> None:
    visitor = Visitor(gateway.url)
    visitor.post(text="REFUSE", language="en")

    assert "no longer exists" in visitor.wait_for_answers(1)[0]


def test_a_gateway_killed_before_the_answer_gives_it_after_its_restart(own_gateway: RunningGateway) -> None:
    own_gateway.stop_brain()
    visitors = [Visitor(own_gateway.url) for _ in range(5)]
    for visitor in visitors:
        visitor.post(text="before the crash")
    time.sleep(0.5)  # by now each is claimed

    own_gateway.stop_gateway(signal.SIGKILL)
    own_gateway.start_brain()
    own_gateway.start_gateway()

    for visitor in visitors:
        assert visitor.wait_for_answers(1, seconds=15) == ["<p><strong>before the crash</strong></p>"]
    time.sleep(1)
    assert [len(visitor.answers()) for visitor in visitors] == [1] * 5


def test_the_gateway_stops_soon_with_streams_open(own_gateway: RunningGateway) -> None:
    visitor = Visitor(own_gateway.url)
    visitor.post(text="hello")
    visitor.wait_for_answers(1)
    stream = visitor.events()
    next(stream)
    begun = time.monotonic()

    code = own_gateway.stop_gateway()

    assert code in (0, -signal.SIGTERM)
    assert time.monotonic() - begun < 6
    own_gateway.start_gateway()
