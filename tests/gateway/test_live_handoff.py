"""A counsellor takes a conversation over while the gateway runs: the bot is silent, also after a crash, and returns.

The test stands in for the desk: it uses the service on the gateway's own database, from another process.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from bot.foundation.clock import now
from bot.services.handoff.handoffs import Handoffs
from bot.services.handoff.presence import Presence
from bot.services.handoff.records import Claimed
from bot.store.database import Database
from tests.gateway.running_gateway import RunningGateway, Visitor, wait_until
from tests.gateway.test_handoff import answer_to, last_buttons
from tests.services.handoff.conftest import setting_for


@pytest.fixture
def team(own_gateway: RunningGateway) -> Iterator[tuple[Handoffs, Presence]]:
    """The staff's side of the gateway's database."""
    url = own_gateway.environment["DATABASE_URL"] or f"sqlite:///{own_gateway.folder / 'faqbot.sqlite'}"
    database, setting = Database(url), setting_for(now)
    yield Handoffs(database, setting), Presence(database, setting)
    database.close()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_the_bot_is_silent_while_a_counsellor_has_it_and_back_afterwards(
    own_gateway: RunningGateway, team: tuple[Handoffs, Presence]
) -> None:
    handoffs, presence = team
    presence.come("jan", "Jan", ["en"])
    visitor = Visitor(own_gateway.url)
    assert "Your place in the queue: <strong>1</strong>" in answer_to(visitor, choice="human", language="en")
    assert "<strong>meanwhile</strong>" in answer_to(visitor, text="meanwhile")
    (one,) = handoffs.list_waiting()
    before = len(own_gateway.turns())

    assert isinstance(handoffs.claim(one.handoff_id, "jan"), Claimed)
    for text in ("hello Jan", "are you there?"):
        visitor.post(text=text)
    visitor.post(choice="topic:centre/languages")
    visitor.client.post("/chat/restart", json={"client_id": "restart-1"}, headers=visitor.headers)
    own_gateway.stop_gateway(signal.SIGKILL)
    own_gateway.start_gateway()
    visitor.post(text="still with Jan")
    handoffs.say(one.handoff_id, "jan", "Yes, <b>I am</b>")
    time.sleep(3)  # longer than the gateway takes to look for what waits

    said = [event["data"] for event in visitor.history() if event["kind"] == "message"]
    assert [message["role"] for message in said][-6:] == [
        "system",
        "visitor",
        "visitor",
        "visitor",
        "visitor",
        "counsellor",
    ]
    assert "&lt;b&gt;" in said[-1]["parts"][0]["html"]
    assert len(own_gateway.turns()) == before

    handoffs.close(one.handoff_id, "jan", "answered")
    assert last_buttons(visitor)[0] == "score:5"
    assert "Thank you" in answer_to(visitor, choice="score:5")
    assert "<strong>bot again</strong>" in answer_to(visitor, text="bot again")
    assert [turn["text"] for turn in own_gateway.turns()[before:]] == ["bot again"]


def test_who_waits_in_vain_is_told_by_the_gateway_itself(
    own_gateway: RunningGateway, team: tuple[Handoffs, Presence]
) -> None:
    handoffs, presence = team
    presence.come("jan", "Jan", ["nl"])
    visitor = Visitor(own_gateway.url)
    answer_to(visitor, choice="human", language="nl")

    presence.leave("jan")

    wait_until(lambda: "callback:start" in last_buttons(visitor)[:1], 30)
    assert handoffs.list_waiting() == []
