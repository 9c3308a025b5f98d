"""What a person changes or takes back is changed or gone wherever it stood."""

from __future__ import annotations

from bot.services.messenger.happenings import Edited, Unsent
from bot.store import callback_rows
from bot.store.callback_rows import DraftRow
from bot.store.message_rows import DONE, WAITING
from bot.store.tracker_rows import TrackerRow
from tests.services.messenger.conftest import House


def test_new_words_are_what_is_answered_when_nothing_was_answered_yet(house: House) -> None:
    contact = house.one(house.said("Hoe laat oepn?", mid="m_a")).contact_id

    taken = house.one(Edited(house.thread(), "m_a", "Hoe laat open?"), worker="gateway")

    assert taken.waiting is not None
    assert taken.waiting.text == "Hoe laat open?"
    assert [payload["text"] for payload in house.payloads(contact)] == ["Hoe laat open?"]


def test_new_words_of_an_answered_message_are_kept_and_not_answered(house: House) -> None:
    contact = house.one(house.said("een", mid="m_a")).contact_id
    house.door.answers(contact)

    taken = house.one(Edited(house.thread(), "m_a", "twee"), worker="gateway")

    assert not taken.wants_bot
    assert taken.is_changed
    assert house.states(contact) == [("twee", DONE), (None, DONE)]


def test_a_button_and_an_unknown_message_have_no_words_to_change(house: House) -> None:
    contact = house.one(house.said(None, mid="m_a", choice="help", choice_title="Aide")).contact_id

    taken = house.take(Edited(house.thread(), "m_a", "x"), Edited(house.thread(), "m_b", "x"))

    assert taken.outcomes == {("edit", "unknown"): 2}
    assert house.states(contact) == [("Aide", WAITING)]


def test_a_message_that_is_taken_back_is_gone_and_not_answered(house: House) -> None:
    contact = house.one(house.said("geheim", mid="m_a"), house.said("tweede")).contact_id

    taken = house.take(Unsent(house.thread(), "m_a"), Unsent(house.thread(), "m_a"), Unsent(house.thread(), "m_z"))

    assert taken.outcomes == {("unsend", "removed"): 1, ("unsend", "repeated"): 1, ("unsend", "unknown"): 1}
    assert house.states(contact) == [("messenger_title_unsent/fr", DONE), ("tweede", WAITING)]
    assert "geheim" not in str(house.payloads(contact))
    waiting = house.door.service.next_waiting(contact)
    assert waiting is not None
    assert waiting.text == "tweede"


def test_words_that_were_taken_back_cannot_come_again_by_an_edit_or_a_repeated_message(house: House) -> None:
    said = house.said("geheim", mid="m_a")
    contact = house.one(said).contact_id
    house.take(Unsent(house.thread(), "m_a"))

    house.take(Edited(house.thread(), "m_a", "geheim 2"), said)

    assert house.states(contact) == [("messenger_title_unsent/fr", DONE)]


def test_the_engine_forgets_the_conversation_and_no_other(house: House) -> None:
    contact = house.one(house.said("geheim", mid="m_a")).contact_id
    conversation = house.messages(contact)[0].conversation_id
    house.door.answers(contact)
    for name in (conversation, "another"):
        house.door.trackers.write(TrackerRow(name, {"events": ["geheim"]}))

    house.take(Unsent(house.thread(), "m_a"))

    assert house.door.trackers.conversations() == ["another"]


def test_staff_takes_a_message_of_the_inbox_back(house: House) -> None:
    staff = house.staff("verkeerd")
    contact = house.one(staff).contact_id

    house.take(Unsent(house.thread(), staff.client_id))

    assert "verkeerd" not in str(house.payloads(contact))
    assert house.messages(contact)[0].reply is not None
    assert "verkeerd" not in str(house.messages(contact)[0].reply)


def test_a_form_asks_again_for_what_was_taken_back(house: House) -> None:
    contact = house.one(house.said("Ada", mid="m_a")).contact_id
    draft = DraftRow(contact, "address", {"name": "Ada", "way": "email"}, "asked", None, house.clock())
    with house.database.writing() as connection:
        callback_rows.keep_draft(connection, draft)

    house.take(Unsent(house.thread(), "m_a"))

    with house.database.reading() as connection:
        kept = callback_rows.draft_of(connection, contact)
    assert kept is not None
    assert kept.answers == {"way": "email"}
    assert kept.step == "name"
