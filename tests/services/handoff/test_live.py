"""The live part: the queue, the claim, silence of the bot, transfer, close, score; nothing promised in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.conversations.records import Told
from bot.services.handoff.form_turns import ForBot
from bot.services.handoff.records import Claimed, Gone, NotYours, Taken
from bot.services.opening_hours.hours_file import read_hours
from tests.databases import reply
from tests.services.handoff.conftest import HandoffDoor, words_of

#: An example, not the hours of the centre. The clock of the tests begins on Friday 27 November at 10:00.
HOURS = 'hours:\n  week:\n    monday: ["09:00-17:00"]\n    friday: ["09:00-12:30"]\n'


@pytest.fixture
def staffed(light: HandoffDoor) -> HandoffDoor:
    """Two counsellors are there: Jan speaks Dutch and English, Zoé French."""
    light.presence.come("jan", "Jan", ["nl", "en"])
    light.presence.come("zoe", "Zoé", ["fr"], ["employment"])
    return light


def with_hours(desk: HandoffDoor, folder: Path) -> None:
    path = folder / "centre.yml"
    path.write_text(HOURS, encoding="utf-8")
    desk.use(read_hours(path))


def in_queue(desk: HandoffDoor, language: str = "en") -> tuple[str, str]:
    """A contact who waits, and their hand-off."""
    contact = desk.new_contact(language)
    desk.told(contact, choice="human", language=language)
    (mine,) = (one for one in desk.handoffs.list_waiting() if one.contact_id == contact)
    return contact, mine.handoff_id


def spoken(desk: HandoffDoor, contact: str) -> list[str]:
    """Roles of all messages so far."""
    return [line.role for line in desk.service.transcript(contact)]


def test_who_asks_while_somebody_is_there_gets_a_place_and_the_bot_goes_on(staffed: HandoffDoor) -> None:
    first, _ = in_queue(staffed)
    second = staffed.new_contact()

    said = staffed.told(second, choice="human")
    again = staffed.told(second, choice="human")

    assert "Your place in the queue: **2**" in said
    assert "(handoff:cancel)" in said
    assert again == said
    assert [one.place for one in staffed.handoffs.list_waiting()] == [1, 2]
    assert (staffed.handoffs.position(first), staffed.handoffs.position(second)) == (1, 2)
    assert staffed.mode(second) == "queued"
    waiting = staffed.waiting_message(staffed.says(second, "what is a CV?"))
    assert not staffed.turns.concerns(waiting)
    assert staffed.notices().count("waiting") == 2


def test_asking_in_words_is_the_same(staffed: HandoffDoor) -> None:
    contact = staffed.new_contact()
    waiting = staffed.waiting_message(staffed.says(contact, "can I talk to somebody"))

    told = staffed.turns.ask_in_words(
        waiting, {"language": "en", "intent": "request_human", "decision": "answer"}, {}
    )

    assert "Your place in the queue: **1**" in words_of(told)


def test_nobody_who_speaks_the_language_is_said_and_the_others_are_offered(light: HandoffDoor) -> None:
    light.presence.come("zoe", "Zoé", ["fr"])
    contact = light.new_contact("nl")

    said = light.told(contact, choice="human", language="nl")
    waits = light.told(contact, choice="handoff:wait/fr", language="nl")

    assert "Nu spreekt niemand in de chat Nederlands" in said
    assert "(handoff:wait/fr)" in said
    assert "(handoff:wait/nl)" not in said
    assert "(callback:start)" in said
    assert "Je plaats in de rij: **1**" in waits
    assert light.handoffs.list_waiting()[0].language == "fr"


def test_outside_opening_hours_nobody_waits_although_somebody_forgot_to_leave(
    light: HandoffDoor, tmp_path: Path
) -> None:
    with_hours(light, tmp_path)
    light.presence.come("jan", "Jan", ["nl", "en", "fr"])
    open_now = light.told(light.new_contact(), choice="human")
    light.clock.pass_minutes(60 * 4)
    light.presence.seen("jan")

    said = [light.told(light.new_contact(language), choice="human", language=language) for language in ("fr", "nl")]
    english = light.told(light.new_contact(), choice="human")

    assert "Your place in the queue" in open_now
    assert "L'équipe est de retour le **lundi 30 novembre à 9 h**" in said[0]
    assert "Het team is terug op **maandag 30 november om 9 u.**" in said[1]
    assert "The team is back on **Monday 30 November, 9 am**" in english
    assert len(light.handoffs.list_waiting()) == 1


def test_open_but_nobody_there_names_no_time(light: HandoffDoor, tmp_path: Path) -> None:
    with_hours(light, tmp_path)

    assert "Nobody from the team is in the chat right now" in light.told(light.new_contact(), choice="human")


def test_a_counsellor_without_a_sign_of_life_is_not_there(staffed: HandoffDoor) -> None:
    staffed.clock.pass_minutes(5.1)

    assert "Nobody from the team" in staffed.told(staffed.new_contact(), choice="human")


def test_who_waits_can_leave_the_queue_by_a_button_or_for_a_callback(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    other, its_handoff = in_queue(staffed)

    left = staffed.told(contact, choice="handoff:cancel")
    again = staffed.told(contact, choice="handoff:cancel")
    form = staffed.told(other, choice="callback:start")

    assert "you are not waiting any more" in left
    assert "You are not in a queue" in again
    assert "What is your name?" in form
    assert staffed.handoffs.list_waiting() == []
    for one in (handoff, its_handoff):
        assert [(change.after, change.by) for change in staffed.history(one)] == [
            ("waiting", "visitor"),
            ("cancelled", "visitor"),
        ]
    assert staffed.handoffs.claim(handoff, "jan") == Gone("cancelled")


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


def test_a_transfer_and_a_return_keep_the_place_and_are_recorded(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    later, _ = in_queue(staffed)
    staffed.handoffs.claim(handoff, "jan")

    passed = staffed.handoffs.transfer(handoff, "jan", "zoe")
    with pytest.raises(NotYours):
        staffed.handoffs.say(handoff, "jan", "one more word")
    back = staffed.handoffs.give_back(handoff, "zoe")

    assert "**Zoé** from the team takes the conversation over" in words_of(Told(list(passed.events)))
    assert "had to leave" in words_of(Told(list(back.events)))
    assert (staffed.handoffs.position(contact), staffed.handoffs.position(later)) == (1, 2)
    assert [(change.after, change.by, change.note) for change in staffed.history(handoff)] == [
        ("waiting", "visitor", None),
        ("with_counsellor", "jan", None),
        ("with_counsellor", "jan", "to zoe"),
        ("waiting", "zoe", None),
    ]


def test_nobody_in_ten_minutes_is_said_and_the_callback_belongs_to_the_same_wish(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    for _ in range(3):
        staffed.clock.pass_minutes(4)
        staffed.presence.seen("jan")
        changed = staffed.upkeep.run()

    assert "nobody from the team could take your conversation" in words_of(Told(list(changed[0].events)))
    assert staffed.mode(contact) is None
    assert staffed.handoffs.claim(handoff, "jan") == Gone("expired")
    staffed.told(contact, choice="callback:start")
    for text in ("Ada", "ada@example.org"):
        staffed.told(contact, text)
    assert staffed.mode(contact) == "form"


def test_when_the_last_who_speaks_the_language_leaves_nobody_waits_in_vain(staffed: HandoffDoor) -> None:
    contact, _ = in_queue(staffed)
    staffed.presence.leave("jan")

    changed = staffed.upkeep.run()

    assert [one.contact_id for one in changed] == [contact]
    assert staffed.handoffs.list_waiting() == []


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


def test_a_person_who_is_gone_can_be_taken_out_of_the_queue(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)

    assert staffed.handoffs.cancel(contact, "jan")
    assert not staffed.handoffs.cancel(contact, "jan")
    assert staffed.history(handoff)[-1].by == "jan"


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ([{"decision": "answer", "intent": "centre/languages"}], "asked"),
        ([{"decision": "fallback", "intent": "x"}, {"decision": "fallback", "intent": "y"}], "failures"),
        ([{"decision": "answer", "intent": "out_of_scope"}, {"decision": "answer", "intent": "deny"}], "failures"),
        ([{"decision": "fallback", "intent": "x"}], "asked"),
        ([{"decision": "answer", "intent": "crisis"}], "crisis"),
        ([{"decision": "own", "intent": "feedback:down"}], "thumb_down"),
    ],
)
def test_the_reason_is_read_from_what_went_before(
    staffed: HandoffDoor, turns: list[dict[str, str]], reason: str
) -> None:
    contact = staffed.new_contact()
    for turn in turns:
        staffed.clock.pass_minutes(0.1)
        staffed.says(contact, "?")
        staffed.answers(contact, "en", **turn)

    staffed.told(contact, choice="human")

    assert staffed.handoffs.list_waiting()[0].reason == reason


def test_a_topic_that_offers_a_person_is_the_reason_and_its_theme_is_kept(staffed: HandoffDoor) -> None:
    contact = staffed.new_contact()
    staffed.says(contact, "?")
    staffed.answers(contact, "en", topic="centre/one_to_one_counselling")

    staffed.told(contact, choice="human")

    waiting = staffed.handoffs.list_waiting()[0]
    assert (waiting.reason, waiting.theme) == ("topic", "centre")


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
