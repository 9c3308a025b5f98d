"""What people type into the form: answers in three languages, corrections, questions, bad input, cries for help."""

from __future__ import annotations

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.callback.form import Form
from bot.services.callback.reading import Act, Read, read
from bot.services.callback.word_lists import WORDS_FILE, read_word_lists

LISTS = read_word_lists(PROJECT_FOLDER / "data" / WORDS_FILE)

NAMED = Form({"name": "Ada"})
BY_PHONE = NAMED.filled(way="telephone")
BY_EMAIL = NAMED.filled(way="email")
REACHED = BY_PHONE.filled(address="+3225550123")
SUITED = REACHED.filled(when="any")
ASKED = SUITED.filled(question="Hoe word ik leerkracht?")
COMPLETE = ASKED.filled(language="nl")


def typed(form: Form, text: str) -> Read:
    return read(form, text, None, LISTS)


def chosen(form: Form, choice: str) -> Read:
    return read(form, None, choice, LISTS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marie Dupont", "Marie Dupont"),
        ("  marie   dupont. ", "marie dupont"),
        ("Je m'appelle Marie Dupont", "Marie Dupont"),
        ("je m’appelle Marie", "Marie"),
        ("Ik ben Jan van den Berg", "Jan van den Berg"),
        ("My name is O'Brien-Smith", "O'Brien-Smith"),
        ("naam: Fatima El Amrani", "Fatima El Amrani"),
        ("José Núñez", "José Núñez"),
        ("Can Yılmaz", "Can Yılmaz"),
        ("Ben Will", "Ben Will"),
        ("Олена Шевченко", "Олена Шевченко"),
        ("محمد", "محمد"),
        ("李", "李"),
        ("Marie\u202eDupont", "MarieDupont"),
    ],
)
def test_a_name_is_taken_also_when_it_is_introduced(text: str, name: str) -> None:
    found = typed(Form(), text)

    assert (found.act, found.form.answers, found.for_bot) == (Act.FILLED, {"name": name}, None)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "0475 12 34 56",
        "marie@example.org",
        "https://example.org",
        "...",
        "👋",
        "x" * 81,
        "je m'appelle",
        "je m'appelle 0475123456, appelez moi vite ?",
    ],
)
def test_what_is_no_name_is_refused_and_never_given_to_the_bot(text: str) -> None:
    found = typed(Form(), text)

    assert (found.act, found.problem, found.for_bot) == (Act.UNFIT, "name", None)
    assert found.form.answers == {}


@pytest.mark.parametrize("form", [Form(), NAMED, BY_PHONE, REACHED, ASKED, COMPLETE])
@pytest.mark.parametrize("text", ["Combien coûte une formation ?", "hoe laat gaan jullie open", "what is a CV?"])
def test_a_question_in_the_middle_is_for_the_bot(form: Form, text: str) -> None:
    found = typed(form, text)

    assert (found.act, found.form, found.for_bot) == (Act.ASIDE, form, text)


@pytest.mark.parametrize("form", [Form(), NAMED, BY_PHONE, REACHED, SUITED, ASKED, COMPLETE])
@pytest.mark.parametrize("text", ["je veux mourir", "ik wil dood", "i want to die", "mon mari me frappe"])
def test_a_cry_for_help_is_for_the_bot_at_every_step(form: Form, text: str) -> None:
    assert typed(form, text).act == Act.ASIDE


def test_what_the_bot_gets_is_masked() -> None:
    found = typed(COMPLETE, "pourquoi mon numéro 0475 12 34 56 ?")
    cry = typed(Form(), "je veux mourir, appelez le 0475 12 34 56")

    assert found.act == Act.UNFIT
    assert cry.for_bot == "je veux mourir, appelez le [phone]"


@pytest.mark.parametrize(
    ("text", "way"),
    [("par e-mail", "email"), ("telefoon", "telephone"), ("Video call", "video"), ("GSM", "telephone")],
)
def test_a_way_can_be_typed(text: str, way: str) -> None:
    assert typed(NAMED, text).form.answers["way"] == way


def test_an_address_instead_of_a_way_decides_the_way() -> None:
    by_mail, by_phone = typed(NAMED, "ada@example.org").form, typed(NAMED, "02 555 01 23").form

    assert (by_mail.answers["way"], by_mail.step) == ("email", "question")
    assert (by_phone.answers["way"], by_phone.step) == ("telephone", "when")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0475/12.34.56", "+32475123456"),
        ("mon numéro est le 02 555 01 23", "+3225550123"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("+31 20 555 0123", "+31205550123"),
    ],
)
def test_a_number_is_found_and_one_from_abroad_is_as_good(text: str, number: str) -> None:
    assert typed(BY_PHONE, text).form.answers["address"] == number


@pytest.mark.parametrize("text", ["06 12 34 56 78", "12345", "0900 12 345", "0475 12 34", "quatre sept cinq"])
def test_a_number_that_cannot_be_called_is_refused(text: str) -> None:
    found = typed(BY_PHONE, text)

    assert (found.act, found.problem, found.for_bot) == (Act.UNFIT, "telephone", None)
    assert found.form == BY_PHONE


@pytest.mark.parametrize("text", ["ada@example", "ada arobase gmail point com", "ada@@example.org", "ada"])
def test_an_address_that_cannot_exist_is_refused(text: str) -> None:
    found = typed(BY_EMAIL, text)

    assert (found.act, found.problem, found.for_bot) == (Act.UNFIT, "email", None)


def test_the_other_kind_of_address_changes_the_way_except_for_a_video_call() -> None:
    video = NAMED.filled(way="video")

    assert typed(BY_EMAIL, "02 555 01 23").form.answers["way"] == "telephone"
    assert typed(BY_PHONE, "ada@example.org").form.answers["way"] == "email"
    assert typed(video, "ada@example.org").form.answers["way"] == "video"
    assert typed(video, "02 555 01 23").problem == "video"


def test_time_and_question_in_own_words_are_kept_and_the_bot_looks_for_danger_in_them() -> None:
    when = typed(REACHED, "le soir après 17 h")
    question = typed(SUITED, "Bel me op 0475 12 34 56 over een opleiding")

    assert (when.form.answers["when"], when.for_bot) == ("le soir après 17 h", "le soir après 17 h")
    assert question.form.answers["question"] == "Bel me op 0475 12 34 56 over een opleiding"
    assert question.for_bot == "Bel me op [phone] over een opleiding"
    assert typed(REACHED, "x" * 201).problem == "when"
    assert typed(SUITED, "?").problem == "question"


@pytest.mark.parametrize(("text", "language"), [("néerlandais", "nl"), ("in English", "en"), ("Frans", "fr")])
def test_the_language_can_be_typed(text: str, language: str) -> None:
    assert typed(ASKED, text).form.answers["language"] == language
    assert typed(ASKED, "Deutsch").problem == "language"


@pytest.mark.parametrize("text", ["oui", "Ja!", "OK", "I agree"])
def test_consent_can_be_typed(text: str) -> None:
    assert typed(COMPLETE, text).act == Act.SENT


@pytest.mark.parametrize("text", ["non", "Nee.", "no", "annuler"])
def test_consent_can_be_refused(text: str) -> None:
    assert typed(COMPLETE, text).act == Act.REFUSED


def test_what_is_neither_yes_nor_no_sends_nothing() -> None:
    assert (typed(COMPLETE, "peut-être").act, typed(COMPLETE, "peut-être").problem) == (Act.UNFIT, "consent")


@pytest.mark.parametrize("text", ["annuler", "STOP", "laat maar", "Never mind!"])
@pytest.mark.parametrize("form", [Form(), BY_PHONE, SUITED])
def test_every_step_can_be_cancelled_in_words(form: Form, text: str) -> None:
    assert typed(form, text).act == Act.CANCELLED


@pytest.mark.parametrize("form", [Form(), NAMED, BY_PHONE, REACHED, SUITED, ASKED, COMPLETE])
def test_every_step_can_be_cancelled_by_a_button(form: Form) -> None:
    assert chosen(form, "callback:cancel").act == Act.CANCELLED


@pytest.mark.parametrize(
    ("form", "step"),
    [
        (Form(), "name"),
        (NAMED, "name"),
        (BY_PHONE, "way"),
        (REACHED, "address"),
        (SUITED, "when"),
        (ASKED, "question"),
    ],
)
def test_one_can_go_back(form: Form, step: str) -> None:
    assert chosen(form, "callback:back").form.step == step
    assert typed(form, "retour").form.step == step


def test_with_e_mail_going_back_from_the_question_leads_to_the_address() -> None:
    assert chosen(BY_EMAIL.filled(address="a@example.org"), "callback:back").form.step == "address"


@pytest.mark.parametrize("step", ["name", "way", "address", "when", "question", "language"])
def test_any_answer_can_be_changed_at_the_end_and_then_only_what_is_missing_is_asked(step: str) -> None:
    changed = chosen(COMPLETE, f"callback:change/{step}").form

    assert changed.step == step
    if step == "way":
        assert typed(changed, "telefoon").form.step == "address"
    else:
        assert changed.filled(**{step: COMPLETE.answers[step]}).is_complete


def test_a_button_of_an_earlier_step_corrects_that_step() -> None:
    later = chosen(COMPLETE, "callback:way/video").form

    assert later.step == "address"
    assert later.answers["question"] == COMPLETE.answers["question"]


def test_an_e_mail_address_stays_when_it_becomes_a_video_call() -> None:
    letter = BY_EMAIL.filled(address="ada@example.org", question="?", language="fr")

    call = letter.with_way("video")

    assert call.answers["address"] == "ada@example.org"
    assert call.step == "when"


def test_the_form_is_sent_only_when_it_is_complete() -> None:
    assert chosen(COMPLETE, "callback:send").act == Act.SENT
    assert chosen(SUITED, "callback:send").act == Act.UNFIT


@pytest.mark.parametrize("choice", ["topic:centre/languages", "language:nl", "help", "feedback:up"])
def test_other_buttons_are_for_the_bot(choice: str) -> None:
    assert chosen(REACHED, choice).act == Act.ASIDE
