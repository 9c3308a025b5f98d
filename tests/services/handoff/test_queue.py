"""The queue: who gets a place, how long, and how somebody leaves it; nothing promised in vain."""

from __future__ import annotations

from pathlib import Path

from bot.services.conversations.records import Told
from bot.services.handoff.records import Gone
from tests.services.handoff.conftest import HandoffDoor, words_of
from tests.services.handoff.queueing import in_queue, with_hours


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


def test_a_person_who_is_gone_can_be_taken_out_of_the_queue(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)

    assert staffed.handoffs.cancel(contact, "jan")
    assert not staffed.handoffs.cancel(contact, "jan")
    assert staffed.history(handoff)[-1].by == "jan"
