"""Signs both ways while a counsellor has a conversation: typing, seen, here or gone; on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import jwt
import pytest

from bot.foundation.clock import now
from bot.store import contact_rows
from bot.store.database import Database
from tests.desk.conftest import signed_in
from tests.desk.counsellor import StaffMember, in_queue, url_of
from tests.gateway.following import Follower
from tests.gateway.running_gateway import RunningGateway, Visitor, wait_until

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")


@contextmanager
def with_counsellor(gateway: RunningGateway, staff: StaffMember) -> Iterator[tuple[Visitor, str]]:
    """A visitor whose conversation a counsellor has."""
    visitor, handoff = in_queue(gateway, staff)
    assert staff.act(handoff, "claim").status_code == 303
    yield visitor, handoff
    staff.act(handoff, "close", outcome="other")


def kinds_heard_at_desk(gateway: RunningGateway, staff: StaffMember, handoff: str) -> list[str]:
    """What the stream of the conversation's page tells from now on; filled in the background."""
    heard: list[str] = []

    def follow() -> None:
        address = f"{gateway.url}/desk/live?talk={handoff}"
        with httpx.stream("GET", address, cookies=dict(staff.client.cookies), timeout=60) as stream:
            for line in stream.iter_lines():
                if line.startswith("event: "):
                    heard.append(line.removeprefix("event: "))

    threading.Thread(target=follow, daemon=True).start()
    wait_until(lambda: "changed" in heard, 20)
    return heard


def sign(visitor: Visitor, kind: str, body: object = None) -> int:
    """Post a sign of the widget; the status."""
    return visitor.client.post(f"/chat/{kind}", json=body, headers=visitor.headers).status_code


def last_event(visitor: Visitor) -> int:
    """The number of the visitor's last event."""
    return int(visitor.history()[-1]["seq"])


def test_the_visitors_typing_is_heard_by_everybody_who_reads_along_and_not_by_themselves(
    gateway: RunningGateway, zoe: StaffMember, jan: StaffMember
) -> None:
    with with_counsellor(gateway, zoe) as (visitor, handoff):
        own = Follower(visitor)
        desks = [kinds_heard_at_desk(gateway, staff, handoff) for staff in (zoe, jan)]

        assert sign(visitor, "typing") == 204

        for heard in desks:
            wait_until(lambda heard=heard: "typing" in heard, 10)  # type: ignore[misc]
        visitor.post(text="done")
        wait_until(lambda: any(data.get("text") == "done" for _, _, data in own.told), 10)
        assert "visitor_typing" not in own.kinds


def test_nobody_hears_of_typing_to_the_bot(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    heard = kinds_heard_at_desk(gateway, zoe, handoff)

    assert sign(visitor, "typing") == 204

    time.sleep(1)
    assert "typing" not in heard
    zoe.act(handoff, "claim")
    zoe.act(handoff, "close", outcome="other")


def test_the_counsellors_typing_is_told_by_name_and_a_colleagues_is_not(
    gateway: RunningGateway, zoe: StaffMember, jan: StaffMember
) -> None:
    with with_counsellor(gateway, zoe) as (visitor, handoff):
        own = Follower(visitor)

        assert jan.act(handoff, "typing").status_code == 204
        assert zoe.act(handoff, "typing").status_code == 204

        wait_until(lambda: "person_typing" in own.kinds, 10)
        assert [data for _, kind, data in own.told if kind == "person_typing"] == [{"name": "Zoe"}]


def test_the_desk_says_when_the_visitor_has_seen_the_last_reply(gateway: RunningGateway, zoe: StaffMember) -> None:
    with with_counsellor(gateway, zoe) as (visitor, handoff):
        zoe.act(handoff, "say", words="first")
        assert "Not seen yet" in zoe.words_of(handoff)
        heard = kinds_heard_at_desk(gateway, zoe, handoff)

        assert sign(visitor, "seen", {"event": last_event(visitor)}) == 204

        wait_until(lambda: heard.count("changed") > 1, 10)
        assert "Seen at" in zoe.words_of(handoff)
        visitor.post(text="thanks")
        assert "Seen at" in zoe.words_of(handoff), "the visitor's own words change nothing"
        zoe.act(handoff, "say", words="second")
        assert "Not seen yet" in zoe.words_of(handoff)


def test_a_number_that_is_too_high_marks_nothing_that_comes_later(gateway: RunningGateway, zoe: StaffMember) -> None:
    with with_counsellor(gateway, zoe) as (visitor, handoff):
        assert sign(visitor, "seen", {"event": 999_999}) == 204

        zoe.act(handoff, "say", words="after that")

        assert "Not seen yet" in zoe.words_of(handoff)


def test_the_visitor_hears_that_the_counsellor_has_seen_it_also_after_a_reload(
    gateway: RunningGateway, zoe: StaffMember, jan: StaffMember
) -> None:
    with with_counsellor(gateway, zoe) as (visitor, handoff):
        visitor.post(text="have you seen this?")
        mine = last_event(visitor)
        own = Follower(visitor)

        assert jan.act(handoff, "seen", event=str(mine)).status_code == 204
        assert zoe.act(handoff, "seen", event=str(mine)).status_code == 204
        assert zoe.act(handoff, "seen", event=str(mine)).status_code == 204
        wait_until(lambda: "person_saw" in own.kinds, 10)

        assert [data for _, kind, data in own.told if kind == "person_saw"] == [{"event": mine}]
        again = Follower(visitor, after=mine)
        wait_until(lambda: "handoff" in again.kinds, 10)
        assert again.told[-1][2] == {"state": "with_counsellor", "name": "Zoe", "saw": mine}


@pytest.mark.parametrize("body", [{}, {"event": "3"}, {"event": -1}, {"event": True}, {"event": 1, "text": "x"}, []])
def test_a_seen_mark_that_is_none_is_refused(gateway: RunningGateway, zoe: StaffMember, body: object) -> None:
    visitor = Visitor(gateway.url)
    visitor.post(text="hello")

    assert sign(visitor, "seen", body) == 422
    assert sign(Visitor(gateway.url), "seen", {"event": 1}) == 401
    assert sign(Visitor(gateway.url), "typing") == 401


def test_who_signs_without_end_is_slowed_down_and_can_still_write(gateway: RunningGateway) -> None:
    visitor = Visitor(gateway.url)
    visitor.post(text="hello")

    codes = [sign(visitor, "typing") for _ in range(80)]

    assert codes[0] == 204
    assert codes[-1] == 429
    assert visitor.post(text="still heard").status_code == 202


def test_the_place_is_told_when_it_changes_and_who_has_the_conversation(
    gateway: RunningGateway, zoe: StaffMember
) -> None:
    (_, one), (visitor, two) = in_queue(gateway, zoe), in_queue(gateway, zoe)
    own = Follower(visitor)
    wait_until(lambda: "handoff" in own.kinds, 10)

    zoe.act(one, "claim")
    wait_until(lambda: own.kinds.count("handoff") == 2, 10)
    zoe.act(two, "claim")
    wait_until(lambda: own.kinds.count("handoff") == 3, 10)
    zoe.act(two, "close", outcome="other")
    wait_until(lambda: own.kinds.count("handoff") == 4, 10)

    assert [data for _, kind, data in own.told if kind == "handoff"] == [
        {"state": "waiting", "place": 2},
        {"state": "waiting", "place": 1},
        {"state": "with_counsellor", "name": "Zoe", "saw": 0},
        {"state": None},
    ]
    later = Follower(visitor)
    wait_until(lambda: "handoff" in later.kinds, 10)
    assert later.told[-1][2] == {"state": None}, "a page that was away meanwhile must not go on saying 2"
    zoe.act(one, "close", outcome="other")


def test_whoever_never_asked_for_a_person_hears_nothing_of_it(gateway: RunningGateway) -> None:
    visitor = Visitor(gateway.url)
    visitor.post(text="hello")
    own = Follower(visitor)

    own.wait_for_answers(1)
    time.sleep(2.5)

    assert "handoff" not in own.kinds


def test_the_desk_tells_whether_the_person_is_there(gateway: RunningGateway) -> None:
    staff = signed_in(gateway, "zoe")
    staff.come()
    visitor, handoff = in_queue(gateway, staff)
    address = {"Authorization": f"Bearer {visitor.token}"}

    with httpx.stream("GET", f"{gateway.url}/chat/events", headers=address, timeout=60) as stream:
        lines = stream.iter_lines()
        next(lines)
        _wrote_a_minute_ago(gateway, visitor)
        wait_until(lambda: "The person is here" in staff.words_of(handoff), 10)
        heard = kinds_heard_at_desk(gateway, staff, handoff)

    wait_until(lambda: "The person has been gone for" in staff.words_of(handoff), 40)
    wait_until(lambda: heard.count("changed") > 1, 10)
    staff.act(handoff, "claim")
    staff.act(handoff, "close", outcome="no_reply")


def _wrote_a_minute_ago(gateway: RunningGateway, visitor: Visitor) -> None:
    """As if the visitor's last message, which is a sign of life too, were older."""
    database = Database(url_of(gateway))
    contact_id = jwt.decode(visitor.token or "", options={"verify_signature": False})["sub"]
    with database.writing() as connection:
        contact_rows.change(connection, contact_id, last_seen_at=now() - timedelta(minutes=1))
    database.close()
