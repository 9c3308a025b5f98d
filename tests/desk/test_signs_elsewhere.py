"""Two gateways on one PostgreSQL: the visitor at one, the counsellor at the other, and signs pass between them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.databases import database_url
from tests.desk.conftest import signed_in
from tests.desk.counsellor import StaffMember, in_queue
from tests.desk.test_signs import kinds_heard_at_desk, last_event, sign
from tests.gateway.conftest import WIDE
from tests.gateway.following import Follower
from tests.gateway.running_gateway import RunningGateway, Visitor, wait_until


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[RunningGateway, StaffMember]]:
    """The visitors' gateway, and a counsellor who is signed in at the other."""
    with database_url("postgresql", tmp_path) as url:
        theirs = RunningGateway(tmp_path, **WIDE, DATABASE_URL=url)
        ours = theirs.beside()
        with ExitStack() as started:
            started.callback(theirs.stop)
            theirs.start()
            started.callback(ours.stop_gateway, signal.SIGKILL)
            ours.start_gateway()
            staff = signed_in(ours, "zoe")
            staff.come()
            yield theirs, staff


def test_typing_seen_and_presence_pass_from_gateway_to_gateway(apart: tuple[RunningGateway, StaffMember]) -> None:
    theirs, zoe = apart
    visitor, handoff = in_queue(theirs, zoe)
    own = Follower(visitor)
    assert zoe.act(handoff, "claim").status_code == 303
    heard = kinds_heard_at_desk(zoe.gateway, zoe, handoff)

    assert sign(visitor, "typing") == 204
    wait_until(lambda: "typing" in heard, 10)
    assert zoe.act(handoff, "typing").status_code == 204
    wait_until(lambda: "person_typing" in own.kinds, 10)

    visitor.post(text="do you see this?")
    mine = last_event(visitor)
    assert zoe.act(handoff, "seen", event=str(mine)).status_code == 204
    wait_until(lambda: ("person_saw", {"event": mine}) in [(kind, data) for _, kind, data in own.told], 10)
    zoe.act(handoff, "say", words="I do")
    assert sign(visitor, "seen", {"event": last_event(visitor)}) == 204
    wait_until(lambda: "Seen at" in zoe.words_of(handoff), 10)
    wait_until(lambda: "The person is here" in zoe.words_of(handoff), 10)
    zoe.act(handoff, "close", outcome="other")


def test_the_place_is_told_at_the_gateway_where_the_stream_is(apart: tuple[RunningGateway, StaffMember]) -> None:
    theirs, zoe = apart
    (_, first), (_, second) = in_queue(theirs, zoe), in_queue(theirs, zoe)
    visitor = Visitor(theirs.url)
    visitor.post(choice="human", language="en")
    own = Follower(visitor)
    places: list[int] = []

    def told() -> list[int]:
        places[:] = [data["place"] for _, kind, data in own.told if kind == "handoff" and "place" in data]
        return places

    wait_until(lambda: told() == [3], 20)
    zoe.act(first, "claim")
    wait_until(lambda: told() == [3, 2], 20)
    zoe.act(second, "claim")
    wait_until(lambda: told() == [3, 2, 1], 20)
