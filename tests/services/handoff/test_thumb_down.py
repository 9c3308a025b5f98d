"""After a thumb down a person is offered, once."""

from __future__ import annotations

from bot.store import message_rows
from tests.services.handoff.conftest import HandoffDoor


def test_a_thumb_down_offers_a_person_once_until_the_visitor_writes_again(light: HandoffDoor) -> None:
    contact = light.new_contact("nl")
    answer = last_answer(light, contact)

    assert light.turns.offer_after_thumb_down(contact, answer)
    assert not light.turns.offer_after_thumb_down(contact, answer)
    said = light.service.transcript(contact)[-1].reply
    assert said is not None
    assert "praat met een medewerker" in said["parts"][0]["markdown"]
    assert said["parts"][1]["items"][0] == {"id": "human", "title": "Met iemand praten"}
    light.told(contact, choice="callback:start")
    assert not light.turns.offer_after_thumb_down(contact, answer)
    light.service.erase(contact)
    assert not light.turns.offer_after_thumb_down(contact, answer)


def test_a_thumb_down_under_an_answer_that_offers_a_person_adds_nothing(light: HandoffDoor) -> None:
    contact = light.new_contact("nl")
    waiting = light.waiting_message(light.says(contact, "?"))
    buttons = {"kind": "choices", "items": [{"id": "human", "title": "Met iemand praten"}]}
    light.service.answer(waiting, {"language": "nl", "parts": [buttons]}, {"language": "nl"}, {})

    assert not light.turns.offer_after_thumb_down(contact, last_answer(light, contact))


def last_answer(desk: HandoffDoor, contact: str) -> str:
    """The id of the bot's last answer."""
    with desk.database.reading() as connection:
        row = message_rows.last_answer(connection, contact)
    assert row is not None
    return row.id
