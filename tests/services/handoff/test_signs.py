"""What each side has seen, how people stand, what the desk's pages share; on SQLite and on PostgreSQL."""

from __future__ import annotations

from bot.services.handoff.signs import HERE_FOR, Signs, Standing
from tests.services.handoff.conftest import HandoffDoor, setting_for
from tests.services.handoff.queueing import in_queue


def signs_of(door: HandoffDoor) -> Signs:
    door.presence.come("jan", "Jan", ["nl", "en"])
    return Signs(door.database, setting_for(door.clock))


def test_standings_name_the_place_and_then_the_counsellor(desk: HandoffDoor) -> None:
    signs = signs_of(desk)
    (first, one), (second, _) = in_queue(desk), in_queue(desk)

    assert signs.standings() == {first: Standing("waiting", 1), second: Standing("waiting", 2)}
    desk.handoffs.claim(one, "jan")

    assert signs.standings() == {
        first: Standing("with_counsellor", name="Jan"),
        second: Standing("waiting", 1),
    }
    assert signs.had_any([first, second, "nobody"]) == {first, second}


def test_what_was_seen_never_goes_back(desk: HandoffDoor) -> None:
    signs = signs_of(desk)
    contact, handoff = in_queue(desk)
    assert signs.person_saw(contact, 999) is False, "nobody has the conversation yet"
    desk.handoffs.claim(handoff, "jan")
    events = [desk.handoffs.say(handoff, "jan", words).seq for words in ("one", "two", "three")]

    assert [signs.person_saw(contact, event) for event in (events[1], events[0], events[1], 999, 999)] == [
        *(True, False, False, True, False)
    ]
    assert signs.sights([contact])[contact].saw == events[2]


def test_of_what_the_counsellor_has_seen_only_the_persons_words_count(desk: HandoffDoor) -> None:
    signs = signs_of(desk)
    contact, handoff = in_queue(desk)
    desk.handoffs.claim(handoff, "jan")
    mine = desk.says(contact, "hello").event_seq
    desk.handoffs.say(handoff, "jan", "hello")

    assert signs.staff_saw(handoff, "zoe", 999) is None, "a colleague who reads along has not answered for it"
    assert signs.staff_saw(handoff, "jan", 999) == (contact, mine)
    assert signs.staff_saw(handoff, "jan", 999) is None
    assert signs.staff_saw("gone", "jan", 999) is None
    assert signs.standings()[contact].staff_saw == mine


def test_who_has_a_stream_is_here_and_after_a_while_without_is_not(desk: HandoffDoor) -> None:
    signs = signs_of(desk)
    contact, _ = in_queue(desk)
    desk.clock.pass_minutes(3)
    assert signs.sights([contact])[contact].is_here is False

    signs.here([contact, "somebody who was erased"])
    begun = desk.clock()

    assert signs.sights([contact])[contact].is_here is True
    stamp = signs.stamp(contact)
    desk.clock.pass_minutes(HERE_FOR.total_seconds() / 60)
    sight = signs.sights([contact])[contact]
    assert (sight.is_here, sight.gone_since) == (False, begun)
    assert signs.stamp(contact) != stamp


def test_who_neither_waits_nor_talks_leaves_no_sign(desk: HandoffDoor) -> None:
    signs = signs_of(desk)
    contact = desk.new_contact()
    desk.clock.pass_minutes(3)

    signs.here([contact])

    assert signs.sights([contact])[contact].is_here is False


def test_the_overview_names_who_waits_and_whose_turn_it_is(desk: HandoffDoor) -> None:
    signs = signs_of(desk)
    (first, one), (second, two), (_, three) = in_queue(desk), in_queue(desk), in_queue(desk)
    for handoff in (one, two):
        desk.handoffs.claim(handoff, "jan")
    asked = desk.says(first, "a question").event_seq
    desk.says(second, "another")
    desk.handoffs.say(two, "jan", "an answer")

    found = signs.overview()

    assert found.waiting == ((three, None),)
    assert found.talks == {"jan": [(one, asked)]}
    assert found.present == frozenset({"jan"})
    desk.presence.leave("jan")
    assert signs.overview().present == frozenset()
