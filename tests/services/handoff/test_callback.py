"""The callback from the offer to its end: filled in, corrected, interrupted, refused, reloaded, erased, due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.services.callback.callbacks import UnknownReference
from bot.services.conversations.records import Told
from bot.services.handoff.form_turns import ForBot
from bot.services.handoff.person_turns import Checked
from bot.services.handoff.states import NotPossible
from bot.store import message_rows
from tests.services.handoff.conftest import HandoffDoor, words_of

ANSWERS = (
    ("text", "Ada Lovelace"),
    ("choice", "callback:way/telephone"),
    ("text", "+33 6 12 34 56 78"),
    ("choice", "callback:when/morning"),
    ("text", "How do I become a teacher?"),
    ("choice", "callback:language/fr"),
)


def fill_in(desk: HandoffDoor, contact: str, until: int = len(ANSWERS)) -> str:
    """Begin and answer so many steps; the last words."""
    said = desk.told(contact, choice="callback:start")
    for kind, value in ANSWERS[:until]:
        said = desk.told(contact, checked=Checked(), **{kind: value})
    return said


def test_nobody_there_means_an_offer_that_can_be_kept_and_no_opening_time(light: HandoffDoor) -> None:
    said = light.told(None, choice="human")

    assert "Nobody from the team is in the chat right now" in said
    assert "within 48 hours" in said
    assert "0800 555 66" in said
    assert "(callback:start)" in said
    assert light.handoffs.list_waiting() == []


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


def test_the_database_keeps_a_callback_like_any_other(desk: HandoffDoor) -> None:
    contact = desk.new_contact()
    fill_in(desk, contact)

    desk.told(contact, choice="callback:send")

    (kept,) = desk.callbacks.list()
    assert [change.after for change in desk.callbacks.show(kept.reference).changes] == ["callback_open"]
    assert desk.callbacks.done(kept.reference.lower().replace("-", ""), "jan", "answered").state == "callback_done"


def test_the_summary_shows_signs_of_a_script_as_they_are(light: HandoffDoor) -> None:
    contact = light.new_contact()
    light.told(contact, choice="callback:start")

    refused = light.told(contact, "<script>alert(1)</script>")
    light.told(contact, "Ada")
    light.told(contact, choice="callback:way/email")
    light.told(contact, "ada@example.org")
    light.told(contact, "**bold** [x](javascript:alert(1)) <b>{email}</b>", checked=Checked())
    summary = light.told(contact, choice="callback:language/en")

    assert "Write only your name" in refused
    assert "\\*\\*bold\\*\\* \\[x\\](javascript:alert(1)) \\<b\\>{email}\\</b\\>" in summary


def test_refused_consent_keeps_nothing(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact)

    said = light.told(contact, "no")

    assert "the form is deleted" in said
    assert (light.mode(contact), light.draft(contact), light.callbacks.list()) == (None, None, [])
    assert light.notices() == []


def test_a_cancelled_form_is_gone_and_its_old_buttons_offer_a_new_one(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 3)

    light.told(contact, "stop")
    said = light.told(contact, choice="callback:when/any")

    assert (light.mode(contact), light.draft(contact)) == (None, None)
    assert "No form is open" in said
    assert "(callback:start)" in said


def test_a_question_in_the_middle_goes_to_the_bot_and_the_step_is_asked_again(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 2)
    accepted = light.says(contact, "Is it free?", language="en")
    waiting = light.waiting_message(accepted)

    assert light.turns.take(waiting, {}) == ForBot("Is it free?", is_form=True)
    reply = {
        "language": "en",
        "topic": "centre/is_it_free",
        "as_of": None,
        "parts": [
            {"kind": "text", "markdown": "Yes."},
            {"kind": "choices", "items": [{"id": "help", "title": "More"}]},
        ],
    }
    said = words_of(light.turns.after_bot(waiting, reply, {"language": "en", "intent": "centre/is_it_free"}, {}))

    assert said.startswith("Yes.\nLet us go on with your details.\n**What is your phone number?**")
    assert "(help)" not in said
    assert light.mode(contact) == "form"


def test_the_form_goes_on_while_the_bot_is_away(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 1)
    waiting = light.waiting_message(light.says(contact, "Is it free?", language="en"))

    said = words_of(light.turns.without_bot(waiting))

    assert "I cannot answer that right now" in said
    assert "How can we reach you?" in said


def test_danger_outranks_the_form_which_waits(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 4)
    waiting = light.waiting_message(light.says(contact, "I do not see the point of going on", language="en"))

    first = light.turns.take(waiting, {})
    assert first == ForBot("I do not see the point of going on", is_form=True, is_check=True)
    parts = [
        {"kind": "text", "markdown": "Call 112."},
        {"kind": "choices", "items": [{"id": "human", "title": "Talk to a person"}]},
    ]
    reply = {"language": "en", "parts": parts}
    said = words_of(
        light.turns.after_bot(waiting, reply, {"language": "en", "intent": "crisis", "decision": "answer"}, {})
    )

    waits = "Your details wait here. You can go on when you want."
    assert said.split("\n") == ["Call 112.", waits, "(human)", "(callback:resume)", "(callback:cancel)"]
    assert light.mode(contact) is None
    assert "question for the team" in light.told(contact, choice="callback:resume")
    assert light.mode(contact) == "form"


def test_what_is_typed_into_the_form_is_in_no_turn_and_in_no_review(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact)

    with light.database.reading() as connection:
        turns = connection.execute(text("SELECT count(*) FROM turn")).scalar()
        states = connection.execute(text("SELECT state FROM message WHERE text = 'Ada Lovelace'")).scalars().all()
    assert turns == 1  # of the greeting
    assert states == ["private"]


def test_the_same_message_twice_fills_one_step(light: HandoffDoor) -> None:
    contact = light.new_contact()
    light.told(contact, choice="callback:start")
    waiting = light.waiting_message(light.says(contact, "Ada", language="en"))

    first, again = light.turns.take(waiting, {}), light.turns.take(waiting, {})

    assert isinstance(first, Told)
    assert isinstance(again, Told)
    assert len(first.events) == 1
    assert again.events == []
    draft = light.draft(contact)
    assert draft is not None
    assert (draft.step, draft.answers) == ("way", {"name": "Ada"})


def test_a_form_survives_a_restart_of_the_process(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 3)

    light.use(None)

    assert "question for the team" in light.told(contact, choice="callback:when/any")


def test_a_form_that_nobody_touches_for_an_hour_is_forgotten(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 3)
    light.clock.pass_minutes(60)

    assert light.sends(contact, "hello again") == ForBot()
    assert (light.mode(contact), light.draft(contact)) == (None, None)

    fill_in(light, contact, 2)
    light.clock.pass_minutes(61)
    light.upkeep.run()
    assert (light.mode(contact), light.draft(contact)) == (None, None)


def test_a_new_start_forgets_the_form(light: HandoffDoor) -> None:
    contact = light.new_contact()
    fill_in(light, contact, 3)

    light.service.restart(contact)

    assert (light.mode(contact), light.draft(contact)) == (None, None)


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
