"""The conversations service: nothing is lost, nothing is said twice, all is told in order."""

from __future__ import annotations

import pytest

from bot.services.conversations.records import Incoming, UnknownContact
from tests.databases import Door, reply


def test_a_message_is_kept_with_its_event_before_anything_else(door: Door) -> None:
    accepted = door.says(text="Waar?", language="nl", page="/nl")

    (event,) = door.service.events_after(accepted.contact_id, 0)
    waiting = door.service.next_waiting(accepted.contact_id)
    assert (event.seq, event.kind, event.payload["text"]) == (1, "message", "Waar?")
    assert event.payload["id"] == accepted.message_id
    assert waiting is not None
    assert (waiting.text, waiting.language, waiting.attempts) == ("Waar?", "nl", 0)
    assert door.service.contacts_waiting() == [accepted.contact_id]


@pytest.mark.parametrize("text", ["\x00", "a\ud800b", "😀" * 1000, "'; DROP TABLE message; --", " "])
def test_any_text_can_be_kept(door: Door, text: str) -> None:
    accepted = door.says(text=text)

    waiting = door.service.next_waiting(accepted.contact_id)
    assert waiting is not None
    assert waiting.text
    assert door.service.events_after(accepted.contact_id, 0)[0].payload["text"]


def test_a_first_message_sent_again_finds_its_contact_only_for_ten_minutes(door: Door) -> None:
    first = door.service.accept(None, Incoming("client-a", text="hallo"))
    door.clock.pass_minutes(9)
    again = door.service.accept(None, Incoming("client-a", text="hallo"))
    door.clock.pass_minutes(2)
    stranger = door.service.accept(None, Incoming("client-a", text="hallo"))

    assert (again.contact_id, again.message_id, again.is_repeated) == (first.contact_id, first.message_id, True)
    assert stranger.contact_id != first.contact_id
    assert not stranger.is_repeated


def test_a_contact_that_does_not_exist_is_refused(door: Door) -> None:
    with pytest.raises(UnknownContact):
        door.says("nobody")
    with pytest.raises(UnknownContact):
        door.service.say("nobody", reply())
    assert door.service.last_event("nobody") is None
    assert not door.service.rate("nobody", None, "up")


def test_an_hour_of_silence_begins_a_new_conversation_that_knows_the_language(door: Door) -> None:
    contact = door.says(language="fr").contact_id
    first = door.service.next_waiting(contact)
    door.answers(contact, "nl")
    door.clock.pass_minutes(59)
    door.says(contact)
    second = door.service.next_waiting(contact)
    door.answers(contact, "nl")
    door.clock.pass_minutes(60)
    door.says(contact)
    third = door.service.next_waiting(contact)

    assert first is not None
    assert second is not None
    assert third is not None
    assert first.conversation_id == second.conversation_id != third.conversation_id
    assert third.language == "nl"


def test_messages_are_worked_off_in_the_order_in_which_they_came(door: Door) -> None:
    contact = door.says(text="one").contact_id
    door.says(contact, text="two")

    first = door.service.next_waiting(contact)
    door.answers(contact)
    second = door.service.next_waiting(contact)
    door.answers(contact)

    assert first is not None
    assert second is not None
    assert (first.text, second.text) == ("one", "two")
    assert door.service.next_waiting(contact) is None


def test_answers_that_come_in_the_wrong_order_each_say_to_what_they_belong(door: Door) -> None:
    contact = door.says(text="one").contact_id
    first = door.service.next_waiting(contact)
    assert first is not None
    later = door.says(contact, text="two").message_id
    second = type(first)(**{**first.__dict__, "message_id": later, "text": "two"})

    door.service.answer(second, reply(), {"language": "nl"}, {})
    door.service.answer(first, reply(), {"language": "nl"}, {})

    told = [event.payload for event in door.service.events_after(contact, 2) if event.kind == "message"]
    assert [payload["in_reply_to"] for payload in told] == [later, first.message_id]
    assert door.service.contacts_waiting() == []


def test_a_second_answer_changes_nothing(door: Door) -> None:
    contact = door.says().contact_id
    waiting = door.service.next_waiting(contact)
    assert waiting is not None
    door.service.answer(waiting, reply("nl"), {"language": "nl"}, {})
    before = door.service.events_after(contact, 0)

    assert door.service.answer(waiting, reply("fr"), {"language": "fr"}, {}).events == []
    assert door.service.set_aside(waiting, reply("fr")).events == []
    assert door.service.events_after(contact, 0) == before
    assert door.service.language_of(contact) == "nl"


def test_a_message_set_aside_lets_the_next_one_go_on(door: Door) -> None:
    contact = door.says(text="one").contact_id
    door.says(contact, text="two")
    waiting = door.service.next_waiting(contact)
    assert waiting is not None

    attempts = [door.service.failed(waiting.message_id) for _ in range(3)]
    door.service.set_aside(waiting, reply())
    following = door.service.next_waiting(contact)

    assert attempts == [1, 2, 3]
    assert following is not None
    assert following.text == "two"


def test_a_rating_without_a_message_goes_to_the_last_answer_and_never_to_the_thanks(door: Door) -> None:
    contact = door.says().contact_id
    answer = door.answers(contact)[0].payload["id"]
    door.says(contact, text=None, choice="feedback:up", choice_title="Ja")
    door.service.rate(contact, None, "up")
    door.answers(contact)

    assert door.service.rate(contact, None, "down", "te lang")
    assert door.service.rate(contact, None, "down")
    rated = [event.payload for event in door.service.events_after(contact, 0) if event.kind == "rating"]
    assert rated == [{"message_id": answer, "value": "up"}, {"message_id": answer, "value": "down"}]


def test_nobody_rates_the_answer_of_another_person_or_a_question(door: Door) -> None:
    theirs = door.says()
    answer = door.answers(theirs.contact_id)[0].payload["id"]
    mine = door.says().contact_id

    assert not door.service.rate(mine, answer, "down")
    assert not door.service.rate(theirs.contact_id, theirs.message_id, "down")
    assert not door.service.rate(mine, None, "down")


def test_starting_again_closes_the_conversation_once(door: Door) -> None:
    contact = door.says().contact_id
    before = door.service.next_waiting(contact)
    door.answers(contact)

    restarted = door.service.restart(contact)
    again = door.service.restart(contact)
    door.says(contact)
    after = door.service.next_waiting(contact)

    assert restarted is not None
    assert restarted.kind == "restarted"
    assert again is None
    assert before is not None
    assert after is not None
    assert before.conversation_id != after.conversation_id


def test_a_change_of_language_is_told_once(door: Door) -> None:
    contact = door.says().contact_id

    told = door.answers(contact, "fr")
    unchanged = door.service.set_language(contact, "fr")
    changed = door.service.set_language(contact, "en")

    assert [event.kind for event in told] == ["message", "language"]
    assert unchanged is None
    assert changed is not None
    assert changed.payload == {"language": "en"}


def test_a_page_of_events_goes_on_where_the_last_one_ended(door: Door) -> None:
    contact = door.says().contact_id
    for _ in range(4):
        door.service.say(contact, reply())

    first = door.service.events_after(contact, 0, limit=3)
    rest = door.service.events_after(contact, first[-1].seq, limit=3)

    assert [event.seq for event in first + rest] == [1, 2, 3, 4, 5]
    assert door.service.last_event(contact) == 5
