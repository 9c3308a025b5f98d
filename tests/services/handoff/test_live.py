"""A counsellor has the conversation: the claim, silence of the bot, return, close, score."""

from __future__ import annotations

import pytest

from bot.services.conversations.records import Told
from bot.services.handoff.form_turns import ForBot
from bot.services.handoff.records import Claimed, Gone, NotYours, Taken
from tests.databases import reply
from tests.services.handoff.conftest import HandoffDoor, words_of
from tests.services.handoff.queueing import in_queue, spoken


def test_a_second_claim_is_told_who_has_it(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)

    first, second = staffed.handoffs.claim(handoff, "jan"), staffed.handoffs.claim(handoff, "zoe")

    assert isinstance(first, Claimed)
    assert "**Jan** from the team is talking to you now" in words_of(Told(list(first.events)))
    assert second == Taken("jan", "Jan")
    assert staffed.handoffs.holder_of(contact) == "jan"
    assert [one.staff for one in staffed.handoffs.list_held("jan")] == ["jan"]


def test_while_a_counsellor_has_it_the_bot_is_silent_whatever_happens(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    before = staffed.waiting_message(staffed.says(contact, "sent before the claim"))
    staffed.handoffs.claim(handoff, "jan")

    late = staffed.service.answer(before, reply("en"), {"language": "en"}, {})
    staffed.says(contact, "hello?")
    staffed.says(contact, None, choice="human")
    staffed.says(contact, None, choice="topic:centre/languages")
    staffed.service.restart(contact)
    staffed.use(None)
    staffed.clock.pass_minutes(90)
    staffed.presence.seen("jan")
    staffed.says(contact, "after a long pause and a new start")

    assert late.events == []
    assert staffed.service.contacts_waiting() == []
    assert staffed.handoffs.holder_of(contact) == "jan"
    staffed.handoffs.say(handoff, "jan", "Good morning")
    assert spoken(staffed, contact)[-6:] == ["system", *["visitor"] * 4, "counsellor"]


def test_what_the_bot_understands_after_the_claim_changes_nothing(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    waiting = staffed.waiting_message(staffed.says(contact, "can I talk to somebody"))
    staffed.handoffs.claim(handoff, "jan")
    staffed.handoffs.close(handoff, "jan", "answered")

    told = staffed.turns.ask_in_words(waiting, {"language": "en", "intent": "request_human"}, {})
    after = staffed.turns.after_bot(waiting, reply("en"), {"intent": "crisis", "decision": "answer"}, {})

    assert (told.events, after.events) == ([], [])
    assert staffed.handoffs.list_waiting() == []
    assert staffed.mode(contact) == "scoring"


def test_a_reply_sent_again_by_somebody_who_did_not_hear_is_said_once(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")

    first = staffed.handoffs.say(handoff, "jan", "Hello", once="a")
    again = staffed.handoffs.say(handoff, "jan", "Hello", once="a")
    changed = staffed.handoffs.say(handoff, "jan", "Hello!", once="a")
    later = [staffed.handoffs.say(handoff, "jan", "Hello", once=once) for once in ("b", "", "")]

    assert again == first
    assert [event.seq - first.seq for event in (changed, *later)] == [1, 2, 3, 4]
    assert spoken(staffed, contact)[-6:] == ["system", *["counsellor"] * 5]


def test_after_closing_the_bot_is_back_without_a_backlog_and_asks_how_it_was(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")
    staffed.says(contact, "typed while the counsellor closes")

    closed = staffed.handoffs.close(handoff, "jan", "answered")

    assert "(score:5)" in words_of(Told(list(closed.events)))
    assert staffed.service.contacts_waiting() == []
    thanks = staffed.told(contact, choice="score:4")
    again = staffed.told(contact, choice="score:1")
    assert "Thank you for telling me" in thanks
    assert "already rated" in again
    assert staffed.mode(contact) is None
    waiting = staffed.waiting_message(staffed.says(contact, "and one more thing"))
    assert not staffed.turns.concerns(waiting)
    assert [change.after for change in staffed.history(handoff)] == ["waiting", "with_counsellor", "closed"]


def test_a_score_can_be_typed_and_anything_else_is_for_the_bot(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    other, its_handoff = in_queue(staffed)
    for one in (handoff, its_handoff):
        staffed.handoffs.claim(one, "jan")
        staffed.handoffs.close(one, "jan", "answered")

    assert "Thank you" in staffed.told(contact, " 5 ")
    assert staffed.sends(other, "5 more questions please") == ForBot()
    assert (staffed.mode(contact), staffed.mode(other)) == (None, None)


def test_a_return_keeps_the_place_and_is_recorded(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    later, _ = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")

    back = staffed.handoffs.give_back(handoff, "jan")
    with pytest.raises(NotYours):
        staffed.handoffs.say(handoff, "jan", "one more word")

    assert "had to leave" in words_of(Told(list(back.events)))
    assert (staffed.handoffs.position(contact), staffed.handoffs.position(later)) == (1, 2)
    assert [(change.after, change.by, change.note) for change in staffed.history(handoff)] == [
        ("waiting", "visitor", None),
        ("with_counsellor", "jan", None),
        ("waiting", "jan", None),
    ]


def test_whom_a_vanished_counsellor_had_goes_back_into_the_queue(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")
    staffed.presence.come("eva", "Eva", ["en"])
    staffed.clock.pass_minutes(4)
    staffed.presence.seen("eva")
    assert staffed.upkeep.run() == []
    staffed.clock.pass_minutes(1.5)

    changed = staffed.upkeep.run()

    assert [one.contact_id for one in changed] == [contact]
    assert staffed.handoffs.position(contact) == 1
    assert staffed.presence.there()[0].staff == "eva"
    assert staffed.history(handoff)[-1].by == "system"


def test_who_leaves_the_queue_to_others_keeps_whom_they_have(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")
    staffed.presence.leave("jan")
    staffed.clock.pass_minutes(4)
    staffed.handoffs.say(handoff, "jan", "still here")
    staffed.clock.pass_minutes(4)

    assert staffed.upkeep.run() == []
    assert staffed.handoffs.holder_of(contact) == "jan"


def test_an_erased_person_is_in_no_queue(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    held, its_handoff = in_queue(staffed)
    staffed.handoffs.claim(its_handoff, "jan")

    staffed.service.erase(contact)
    staffed.service.erase(held)

    assert staffed.handoffs.claim(handoff, "jan") == Gone(None)
    with pytest.raises(NotYours):
        staffed.handoffs.say(its_handoff, "jan", "hello?")
    assert (staffed.handoffs.list_waiting(), staffed.handoffs.list_held()) == ([], [])


def test_both_databases_hand_over_and_back(desk: HandoffDoor) -> None:
    desk.presence.come("jan", "Jan", ["en"])
    contact, handoff = in_queue(desk)

    assert isinstance(desk.handoffs.claim(handoff, "jan"), Claimed)
    assert isinstance(desk.handoffs.claim(handoff, "eva"), Taken)
    desk.says(contact, "hello")
    desk.handoffs.say(handoff, "jan", "Hello")
    desk.handoffs.give_back(handoff, "jan")
    assert desk.handoffs.position(contact) == 1
    desk.presence.leave("jan")
    assert len(desk.upkeep.run()) == 1
    assert desk.mode(contact) is None
    assert desk.service.erase(contact)
