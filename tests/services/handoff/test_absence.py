"""Nobody waits for ever for somebody who is away: people who are gone, and counsellors who do nothing."""

from __future__ import annotations

import pytest

from bot.foundation.languages import LANGUAGES
from bot.services.conversations.records import Told
from bot.services.handoff.signs import Signs
from bot.services.handoff.upkeep import Upkeep
from bot.store import contact_rows
from tests.services.handoff.conftest import HandoffDoor, setting_for, words_of
from tests.services.handoff.queueing import in_queue


def pass_time(door: HandoffDoor, minutes: float, *here: str, acts: bool = False) -> list[str]:
    """Let time pass in steps, as the gateway's upkeep sees it; these people have a stream open. Who was told what."""
    signs, told = signs_of(door), []
    for _ in range(round(minutes * 2)):
        door.clock.pass_minutes(0.5)
        signs.here(here)
        door.presence.page_is_open("jan")
        if acts:
            door.presence.seen("jan")
        told += [words_of(Told(list(one.events))) for one in door.upkeep.run()]
    return told


def signs_of(door: HandoffDoor) -> Signs:
    return Signs(door.database, setting_for(door.clock))


def test_who_has_left_the_queue_loses_the_place_and_reads_so(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)

    early = pass_time(staffed, 4.5, acts=True)
    late = pass_time(staffed, 1, acts=True)

    assert early == []
    assert len(late) == 1
    assert "no longer in the queue" in late[0]
    assert "(human)" in late[0]
    assert staffed.mode(contact) is None
    assert [(one.after, one.by) for one in staffed.history(handoff)][-1] == ("cancelled", "system")


def test_who_is_there_keeps_the_place_until_the_wait_is_over(staffed: HandoffDoor) -> None:
    contact, _ = in_queue(staffed)

    told = pass_time(staffed, 9, contact, acts=True)

    assert told == []
    assert staffed.handoffs.position(contact) == 1


def test_a_phone_that_sleeps_for_some_minutes_loses_nothing(staffed: HandoffDoor) -> None:
    contact, _ = in_queue(staffed)

    told = pass_time(staffed, 1, contact, acts=True)
    told += pass_time(staffed, 4, acts=True)
    told += pass_time(staffed, 0.5, contact, acts=True)
    told += pass_time(staffed, 4, acts=True)

    assert told == []
    assert staffed.handoffs.position(contact) == 1


def test_who_writes_is_there_also_without_a_stream(staffed: HandoffDoor) -> None:
    contact, _ = in_queue(staffed)

    told = pass_time(staffed, 4, acts=True)
    staffed.says(contact, "still here")
    told += pass_time(staffed, 4, acts=True)

    assert told == []


def test_while_the_server_was_down_nobody_can_have_left(staffed: HandoffDoor) -> None:
    contact, _ = in_queue(staffed)
    pass_time(staffed, 1, contact, acts=True)
    staffed.clock.pass_minutes(6)
    staffed.presence.seen("jan")
    staffed.presence.seen("zoe")
    again = Upkeep(staffed.database, setting_for(staffed.clock), staffed.handoffs)

    assert [staffed.upkeep.run(), again.run()] == [[], []]
    assert staffed.handoffs.position(contact) == 1


def test_of_people_without_a_stream_nobody_says_that_they_are_gone(staffed: HandoffDoor) -> None:
    contact, _ = in_queue(staffed)
    with staffed.database.writing() as connection:
        contact_rows.change(connection, contact, channel="messenger")

    told = pass_time(staffed, 8, acts=True)

    assert told == []
    sight = signs_of(staffed).sights([contact])[contact]
    assert (sight.is_here, sight.gone_since) == (None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_words(staffed: HandoffDoor, language: str) -> None:
    staffed.presence.come("eva", "Eva", [language])
    in_queue(staffed, language=language)

    for _ in range(12):
        staffed.clock.pass_minutes(0.5)
        for staff in ("jan", "zoe", "eva"):
            staffed.presence.seen(staff)
        told = staffed.upkeep.run()
        if told:
            break

    assert "{" not in words_of(Told(list(told[0].events)))


def test_an_open_page_alone_is_no_sign_of_life_for_ever(staffed: HandoffDoor) -> None:
    pass_time(staffed, 14.5)
    assert "jan" in [one.staff for one in staffed.presence.there()]

    pass_time(staffed, 1)

    assert "jan" not in [one.staff for one in staffed.presence.there()]
    being = staffed.presence.note("jan", is_act=False)
    assert being is not None
    assert being.idle_since is not None
    staffed.presence.come("jan", "Jan", ["en"])
    back = staffed.presence.note("jan", is_act=False)
    assert back is not None
    assert (back.is_present, back.idle_since) == (True, None)


def test_who_does_something_now_and_then_stays(staffed: HandoffDoor) -> None:
    for _ in range(4):
        pass_time(staffed, 10)
        assert staffed.presence.note("jan", is_act=True) is not None

    assert "jan" in [one.staff for one in staffed.presence.there()]


def test_who_left_by_hand_was_not_sent_away_by_the_clock(staffed: HandoffDoor) -> None:
    staffed.presence.leave("jan")
    pass_time(staffed, 20)

    being = staffed.presence.note("jan", is_act=False)

    assert being is not None
    assert (being.is_present, being.idle_since) == (False, None)


def test_a_talk_that_goes_on_keeps_its_counsellor_there_and_not_for_ever(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")
    for _ in range(2):
        pass_time(staffed, 10, contact)
        staffed.says(contact, "one more thing")
    assert "jan" in [one.staff for one in staffed.presence.there()]

    for _ in range(2):
        pass_time(staffed, 10, contact)
        staffed.says(contact, "hello? are you there?")

    assert "jan" not in [one.staff for one in staffed.presence.there()]
    assert staffed.handoffs.holder_of(contact) is None, "the person does not wait for somebody who has gone"


def test_a_quiet_talk_goes_back_when_its_counsellor_does_nothing(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")

    told = pass_time(staffed, 14.5, contact)
    assert (told, staffed.handoffs.holder_of(contact)) == ([], "jan")
    told = pass_time(staffed, 7, contact)

    assert "had to leave" in told[0]
