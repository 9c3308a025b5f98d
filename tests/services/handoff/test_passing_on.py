"""A talk is passed on to a colleague: who comes first, for how long, and what the person is told."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from bot.services.conversations.records import Told
from bot.services.handoff.records import Claimed, Gone, Kept, NotThere, NotYours, Taken
from bot.services.talks.talks import Talks
from tests.services.handoff.conftest import HandoffDoor, words_of
from tests.services.handoff.queueing import in_queue, spoken


@pytest.fixture
def three(staffed: HandoffDoor) -> HandoffDoor:
    """Eva is there too."""
    staffed.presence.come("eva", "Eva", ["fr", "nl", "en"])
    return staffed


def passed_on(desk: HandoffDoor, note: str = "") -> tuple[str, str]:
    """Jan has a talk and passes it on to Eva."""
    contact, handoff = in_queue(desk)
    desk.handoffs.claim(handoff, "jan")
    desk.handoffs.transfer(handoff, "jan", "eva", note)
    return contact, handoff


def test_the_person_is_told_who_gives_and_who_takes_and_that_nobody_has_it_yet(three: HandoffDoor) -> None:
    contact, handoff = in_queue(three)
    three.handoffs.claim(handoff, "jan")

    changed = three.handoffs.transfer(handoff, "jan", "eva", "knows about nurses")

    said = words_of(Told(list(changed.events)))
    assert "**Jan** passes your conversation on to **Eva**" in said
    assert "(handoff:cancel)" in said
    assert "knows about nurses" not in said
    assert three.handoffs.holder_of(contact) is None
    assert three.handoffs.position(contact) == 1
    assert three.mode(contact) == "queued"
    with pytest.raises(NotYours):
        three.handoffs.say(handoff, "jan", "one more word")


def test_the_colleague_sees_from_whom_and_why_and_takes_it(three: HandoffDoor) -> None:
    contact, handoff = passed_on(three, "knows about nurses")

    (waiting,) = three.handoffs.list_waiting()
    claimed = three.handoffs.claim(handoff, "eva")

    until = three.clock() + timedelta(minutes=3)
    assert waiting.kept == Kept("eva", "Eva", until, "Jan", "knows about nurses")
    assert isinstance(claimed, Claimed)
    assert "**Eva** from the team is talking to you now" in words_of(Told(list(claimed.events)))
    assert three.handoffs.holder_of(contact) == "eva"
    assert spoken(three, contact)[-1] == "system"
    talk = Talks(three.database).open(handoff)
    assert talk is not None
    assert [(note.author, note.meant_for, note.text) for note in talk.notes] == [("Jan", "Eva", "knows about nurses")]
    assert [(change.after, change.by, change.note) for change in three.history(handoff)] == [
        ("waiting", "visitor", None),
        ("with_counsellor", "jan", None),
        ("waiting", "jan", "to eva"),
        ("with_counsellor", "eva", None),
    ]


def test_others_wait_three_minutes_then_the_first_one_gets_it(three: HandoffDoor) -> None:
    _, handoff = passed_on(three)

    early = three.handoffs.claim(handoff, "zoe")
    three.clock.pass_minutes(2)
    still = three.handoffs.claim(handoff, "zoe")
    three.clock.pass_minutes(1)

    assert isinstance(early, Kept)
    assert isinstance(still, Kept)
    assert three.handoffs.list_waiting()[0].kept is None
    assert isinstance(three.handoffs.claim(handoff, "zoe"), Claimed)
    assert three.handoffs.claim(handoff, "eva") == Taken("zoe", "Zoé")


def test_when_the_colleague_leaves_everybody_may_take_it_at_once(three: HandoffDoor) -> None:
    _, handoff = passed_on(three)

    three.presence.leave("eva")

    assert three.handoffs.list_waiting()[0].kept is None
    assert isinstance(three.handoffs.claim(handoff, "zoe"), Claimed)


def test_whoever_passed_it_on_may_take_it_back(three: HandoffDoor) -> None:
    _, handoff = passed_on(three)

    assert isinstance(three.handoffs.claim(handoff, "jan"), Claimed)
    assert three.handoffs.claim(handoff, "eva") == Taken("jan", "Jan")


def test_given_back_later_it_is_kept_for_nobody(three: HandoffDoor) -> None:
    _, handoff = passed_on(three)
    three.handoffs.claim(handoff, "eva")

    three.handoffs.give_back(handoff, "eva")

    assert three.handoffs.list_waiting()[0].kept is None
    assert isinstance(three.handoffs.claim(handoff, "zoe"), Claimed)


@pytest.mark.parametrize("to", ["jan", "nobody", "away"])
def test_it_stays_with_the_counsellor_when_the_colleague_is_not_there(three: HandoffDoor, to: str) -> None:
    three.presence.come("away", "Away", ["en"])
    three.presence.leave("away")
    contact, handoff = in_queue(three)
    three.handoffs.claim(handoff, "jan")
    before = spoken(three, contact)

    with pytest.raises(NotThere):
        three.handoffs.transfer(handoff, "jan", to)
    with pytest.raises(NotYours):
        three.handoffs.transfer(handoff, "zoe", "eva")

    assert three.handoffs.holder_of(contact) == "jan"
    assert spoken(three, contact) == before


def test_colleagues_who_speak_the_language_come_first_then_who_has_fewer_talks(three: HandoffDoor) -> None:
    three.presence.come("ann", "Ann", ["en"])
    _, other = in_queue(three)
    three.handoffs.claim(other, "ann")
    _, handoff = in_queue(three)
    three.handoffs.claim(handoff, "jan")

    found = three.handoffs.colleagues(handoff, "jan")

    assert [(one.name, one.speaks, one.talks) for one in found] == [
        ("Eva", True, 0),
        ("Ann", True, 1),
        ("Zoé", False, 0),
    ]


def test_a_colleague_who_does_not_speak_the_language_keeps_it_from_expiring(light: HandoffDoor) -> None:
    light.presence.come("jan", "Jan", ["nl"])
    light.presence.come("zoe", "Zoé", ["fr"])
    _, handoff = in_queue(light, "nl")
    light.handoffs.claim(handoff, "jan")
    light.handoffs.transfer(handoff, "jan", "zoe")
    light.presence.leave("jan")

    assert light.upkeep.expire_due() == []
    light.clock.pass_minutes(3)
    assert len(light.upkeep.expire_due()) == 1
    assert light.handoffs.claim(handoff, "zoe") == Gone("expired")


def test_of_all_who_reach_for_it_once_it_is_open_exactly_one_gets_it(three: HandoffDoor) -> None:
    _, handoff = passed_on(three)
    three.clock.pass_minutes(3)
    for number in range(6):
        three.presence.come(f"c{number}", f"C{number}", ["en"])
    barrier, found = threading.Barrier(6), list[object]()

    def claim(staff: str) -> None:
        barrier.wait()
        found.append(three.handoffs.claim(handoff, staff))

    threads = [threading.Thread(target=claim, args=(f"c{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(isinstance(one, Claimed) for one in found) == 1
    assert sum(isinstance(one, Taken) for one in found) == 5
