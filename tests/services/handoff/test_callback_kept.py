"""A callback that was sent: confirmed, kept, listed, withdrawn, due, missed, done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.callback.callbacks import UnknownReference
from bot.services.handoff.person_turns import Checked
from bot.services.handoff.states import NotPossible
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.filling_in import fill_in


@pytest.mark.parametrize(
    ("language", "asked", "confirmed"),
    [
        ("fr", "Quel est votre nom ?", "au plus tard le **dimanche 29 novembre à 10 h**"),
        ("nl", "Wat is je naam?", "ten laatste op **zondag 29 november om 10 u.**"),
        ("en", "What is your name?", "by **Sunday 29 November, 10 am** at the latest"),
    ],
)
def test_a_callback_is_confirmed_with_its_deadline_and_a_reference(
    light: HandoffDoor, language: str, asked: str, confirmed: str
) -> None:
    contact = light.new_contact(language)

    assert asked in light.told(contact, choice="callback:start")
    summary = fill_in(light, contact)
    said = light.told(contact, choice="callback:send")

    assert "Ada Lovelace" in summary
    assert "\\+33" in summary or "+33 6 12 34 56 78" in summary
    assert "(callback:correct)" in summary
    assert confirmed in said
    (kept,) = light.callbacks.list()
    assert kept.reference in said
    assert (kept.name, kept.way, kept.address) == ("Ada Lovelace", "telephone", "+33 6 12 34 56 78")
    assert (kept.suits, kept.question, kept.language) == ("morning", "How do I become a teacher?", "fr")
    assert kept.deadline == light.clock() + timedelta(hours=48)
    assert kept.state == "callback_open"
    assert (light.mode(contact), light.draft(contact)) == (None, None)
    assert light.notices() == ["callback"]


def test_the_database_keeps_a_callback_like_any_other(desk: HandoffDoor) -> None:
    contact = desk.new_contact()
    fill_in(desk, contact)

    desk.told(contact, choice="callback:send")

    (kept,) = desk.callbacks.list()
    assert [change.after for change in desk.callbacks.show(kept.reference).changes] == ["callback_open"]
    assert desk.callbacks.done(kept.reference.lower().replace("-", ""), "jan", "answered").state == "callback_done"


def test_erasing_in_the_middle_and_after_the_end_leaves_nothing_and_staff_hear_of_it(light: HandoffDoor) -> None:
    contact, other = light.new_contact(), light.new_contact()
    fill_in(light, contact, 4)
    fill_in(light, other)
    light.told(other, choice="callback:send")

    light.service.erase(contact)
    light.service.erase(other)

    assert light.callbacks.list() == []
    assert light.notices() == ["callback", "withdrawn"]


def test_one_open_callback_is_enough_and_it_can_be_withdrawn(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact)
    light.told(contact, choice="callback:send")
    (kept,) = light.callbacks.list()

    again = light.told(contact, choice="callback:start")
    by_button = light.told(contact, choice="human")
    withdrawn = light.told(contact, choice="callback:withdraw")

    assert f"already has your request **{kept.reference}**" in again
    assert kept.reference in by_button
    assert f"Your request {kept.reference} is withdrawn" in withdrawn
    assert light.callbacks.list() == []
    assert light.notices() == ["callback", "withdrawn"]
    assert "What is your name?" in light.told(contact, choice="callback:start")


def test_staff_are_reminded_twice_then_it_is_missed_and_can_still_be_done(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact)
    light.told(contact, choice="callback:send")
    (kept,) = light.callbacks.list()

    for hours in (35, 1.5, 10, 1, 2):
        light.clock.pass_minutes(60 * hours)
        light.upkeep.run()
        light.upkeep.run()

    assert light.notices() == ["callback", "reminder", "reminder", "missed"]
    missed = light.callbacks.show(kept.reference)
    assert (missed.state, missed.is_late(light.clock())) == ("callback_missed", True)
    assert [callback.reference for callback in light.callbacks.list()] == [kept.reference]
    done = light.callbacks.done(kept.reference, "jan", "answered by telephone")
    assert [(change.after, change.by) for change in done.changes] == [
        ("callback_open", "visitor"),
        ("callback_missed", "system"),
        ("callback_done", "jan"),
    ]
    with pytest.raises(NotPossible):
        light.callbacks.missed(kept.reference, "jan", "again")
    assert light.callbacks.list() == []


def test_a_list_hides_what_leads_to_the_person(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 4)
    light.told(contact, "Mail me at ada@example.org", checked=Checked())
    light.told(contact, choice="callback:language/nl")
    light.told(contact, "yes")

    (kept,) = light.callbacks.list()
    hidden = kept.masked()

    assert (hidden.name, hidden.address, hidden.question) == ("A…", "[phone]", "Mail me at [e-mail]")
    assert "ada" not in str(hidden.as_dict()).lower()


def test_an_unknown_reference_is_named(light: HandoffDoor) -> None:
    with pytest.raises(UnknownReference, match="XXX-XXX"):
        light.callbacks.show("XXX-XXX")
