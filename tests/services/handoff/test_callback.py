"""The callback form from the offer on: filled in, corrected, interrupted, refused, forgotten."""

from __future__ import annotations

from sqlalchemy import text

from bot.services.conversations.records import Told
from bot.services.handoff.form_turns import ForBot
from bot.services.handoff.person_turns import Checked
from tests.services.handoff.conftest import HandoffDoor, words_of
from tests.services.handoff.filling_in import fill_in


def test_nobody_there_means_an_offer_that_can_be_kept_and_no_opening_time(light: HandoffDoor) -> None:
    said = light.told(None, choice="human")

    assert "Nobody from the team is in the chat right now" in said
    assert "within 48 hours" in said
    assert "0800 555 66" in said
    assert "(callback:start)" in said
    assert light.handoffs.list_waiting() == []


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
