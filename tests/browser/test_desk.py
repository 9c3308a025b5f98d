"""A visitor and a counsellor side by side, each in a browser of their own, in each language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.desk_page import DeskPage
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, PHONE, WidgetPage, new_context, text
from tests.processes.running_bot import RunningBot

#: Words that no topic is about.
NOT_UNDERSTOOD = {
    "fr": ("Quelle est la vitesse d'une hirondelle ?", "Combien de pattes a un mille-pattes ?"),
    "nl": ("Hoe snel vliegt een zwaluw?", "Hoeveel poten heeft een duizendpoot?"),
    "en": ("How fast does a swallow fly?", "How many legs has a centipede?"),
}
PERSON = {"fr": "Parler à une personne", "nl": "Met iemand praten", "en": "Talk to a person"}
_PLACE = {"fr": "Votre place dans la file", "nl": "Je plaats in de rij", "en": "Your place in the queue"}
_SCRIPT = "<img src=x onerror=\"document.title='hacked'\"> <b>bold</b>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_two_failures_to_a_person_and_back_to_the_bot(browser: Browser, door: RunningBot, language: str) -> None:
    staff, people = new_context(browser), new_context(browser)
    desk = DeskPage(staff, door.settings, language, "zoe").sign_in().come()
    visitor = WidgetPage(people, door, language).open()

    _bot_fails_twice(visitor, language)
    _visitor_gets_a_place(visitor, language)
    _counsellor_takes_them(desk, visitor, language)
    _both_write(desk, visitor, language)
    _ready_made_reply(desk, visitor)
    _answer_of_the_bot_with_one_key(desk, visitor)
    _counsellor_ends_it(desk, visitor)
    _visitor_says_how_it_was(visitor, language)
    _bot_is_back(visitor, language)

    desk.leave()
    assert desk.faults == visitor.faults == []
    staff.close()
    people.close()


def _bot_fails_twice(visitor: WidgetPage, language: str) -> None:
    """After a question that it could answer."""
    visitor.say(QUESTION[language])
    visitor.expect_answers(1)
    for count, words in enumerate(NOT_UNDERSTOOD[language], start=2):
        visitor.say(words)
        visitor.expect_answers(count)


def _visitor_gets_a_place(visitor: WidgetPage, language: str) -> None:
    visitor.press(PERSON[language])
    expect(visitor.find(".answer", has_text=_PLACE[language])).to_be_visible(timeout=ANSWER_MILLISECONDS)
    expect(visitor.answers.last).to_contain_text("1")


def _counsellor_takes_them(desk: DeskPage, visitor: WidgetPage, language: str) -> None:
    expect(desk.waiting).to_have_count(1, timeout=20_000)
    expect(desk.waiting).to_contain_text(desk.say("reason_failures"))
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    for words in NOT_UNDERSTOOD[language]:
        expect(desk.page.locator(".brief")).to_contain_text(words)
        expect(desk.lines.filter(has_text=words)).to_have_count(1)
    expect(visitor.find(".answer", has_text="Zoe").last).to_be_visible(timeout=ANSWER_MILLISECONDS)


def _both_write(desk: DeskPage, visitor: WidgetPage, language: str) -> None:
    """What is written is text on the other side, and the bot is silent."""
    answers = visitor.answers.count()
    desk.reply("A & B\n<i>two lines</i>")
    expect(visitor.find(".answer.person")).to_contain_text("<i>two lines</i>", timeout=ANSWER_MILLISECONDS)
    visitor.say(_SCRIPT)
    expect(desk.lines.last).to_contain_text(_SCRIPT, timeout=20_000)
    assert desk.page.locator("#log img, #log b").count() == 0
    assert "hacked" not in desk.page.title()
    visitor.say(QUESTION[language])
    expect(desk.lines.last).to_contain_text(QUESTION[language], timeout=20_000)
    expect(visitor.answers).to_have_count(answers + 1)


def _ready_made_reply(desk: DeskPage, visitor: WidgetPage) -> None:
    """Found by its key, read, and sent, all with the keyboard."""
    box = desk.page.locator("#words")
    box.press_sequentially("/hel")
    expect(desk.page.locator("#canned-options li").first).to_be_visible()
    desk.page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(r"\bZoe\b"))
    words = box.input_value()
    desk.page.keyboard.press("Control+Enter")
    expect(desk.lines.last).to_contain_text(words, timeout=20_000)
    expect(box).to_have_value("")
    expect(visitor.find(".answer.person").last).to_contain_text(words, timeout=ANSWER_MILLISECONDS)


def _answer_of_the_bot_with_one_key(desk: DeskPage, visitor: WidgetPage) -> None:
    """The answer to what was asked before, as the bot gives it, from the counsellor."""
    expect(desk.page.locator("#suggested [data-answer='1']")).to_be_visible()
    lines = desk.page.locator("#log .line.counsellor").count()
    desk.page.wait_for_timeout(1100)  # the page wants to be sure that it was read
    desk.page.keyboard.press("Alt+Digit1")
    expect(desk.page.locator("#log .line.counsellor")).to_have_count(lines + 1, timeout=20_000)
    expect(visitor.find(".answer.person")).to_have_count(3, timeout=ANSWER_MILLISECONDS)
    first, again = (visitor.answers.nth(place).locator(".bubble").first.inner_text() for place in (1, -1))
    assert again.split("\n")[0] == first.split("\n")[0]


def _counsellor_ends_it(desk: DeskPage, visitor: WidgetPage) -> None:
    answers = visitor.answers.count()
    desk.page.select_option("#outcome", "answered")
    desk.page.click("#close")
    expect(desk.page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=20_000)
    expect(visitor.answers).to_have_count(answers + 1, timeout=ANSWER_MILLISECONDS)


def _visitor_says_how_it_was(visitor: WidgetPage, language: str) -> None:
    answers = visitor.answers.count()
    visitor.press(text("handoff_score_5", language))
    expect(visitor.answers).to_have_count(answers + 1, timeout=ANSWER_MILLISECONDS)
    expect(visitor.answers.last).to_contain_text(text("handoff_score_thanks", language))


def _bot_is_back(visitor: WidgetPage, language: str) -> None:
    """Without an answer to anything that was said meanwhile."""
    answers = visitor.answers.count()
    visitor.say(QUESTION[language])
    expect(visitor.answers).to_have_count(answers + 1, timeout=ANSWER_MILLISECONDS)
    expect(visitor.answers.last.locator(".thumb")).to_have_count(2)
    visitor.page.wait_for_timeout(500)
    expect(visitor.answers).to_have_count(answers + 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_a_phone_and_breaks_no_rule(browser: Browser, door: RunningBot, language: str) -> None:
    context = new_context(browser, PHONE, color_scheme="dark" if language == "nl" else "light")
    desk = DeskPage(context, door.settings, language, "zoe")
    desk.look("sign-in")
    desk.sign_in().come()
    desk.look("inbox")
    people = new_context(browser)
    visitor = WidgetPage(people, door, language).open()
    visitor.say(QUESTION[language])
    visitor.expect_answers(1)
    visitor.find(".chip", has_text=PERSON[language]).last.click()
    expect(desk.waiting).to_have_count(1, timeout=20_000)
    desk.look("waiting")
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    expect(desk.page.locator("#reply")).to_be_visible(timeout=20_000)
    desk.look("talk")
    desk.page.goto(f"{desk.address}callbacks")
    desk.look("callbacks")
    desk.page.goto(f"{desk.address}account")
    desk.look("account")
    desk.page.go_back()
    desk.page.go_back()
    desk.page.select_option("#outcome", "other")
    desk.page.click("#close")
    desk.leave()
    assert desk.faults == []
    people.close()
    context.close()
