"""A visitor and a counsellor side by side, each in a browser of their own, in each language."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.desk_page import DeskPage
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, PHONE, WidgetPage, new_context
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

    for count, words in enumerate(NOT_UNDERSTOOD[language], start=1):
        visitor.say(words)
        visitor.expect_answers(count)
    visitor.find(".chip", has_text=PERSON[language]).last.click()
    expect(visitor.find(".answer", has_text=_PLACE[language])).to_be_visible(timeout=ANSWER_MILLISECONDS)

    expect(desk.waiting).to_have_count(1, timeout=20_000)
    expect(desk.waiting).to_contain_text(desk.say("reason_failures"))
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    for words in NOT_UNDERSTOOD[language]:
        expect(desk.page.locator(".brief")).to_contain_text(words)
        expect(desk.lines.filter(has_text=words)).to_have_count(1)
    expect(visitor.find(".answer", has_text="Zoe").last).to_be_visible(timeout=ANSWER_MILLISECONDS)

    desk.reply("A & B\n<i>two lines</i>")
    expect(visitor.find(".answer.person")).to_contain_text("<i>two lines</i>", timeout=ANSWER_MILLISECONDS)
    visitor.say(_SCRIPT)
    expect(desk.lines.last).to_contain_text(_SCRIPT, timeout=20_000)
    assert desk.page.locator("#log img, #log b").count() == 0
    assert "hacked" not in desk.page.title()
    visitor.say(QUESTION[language])
    expect(desk.lines.last).to_contain_text(QUESTION[language], timeout=20_000)
    answers = visitor.answers.count()

    desk.page.select_option("#outcome", "answered")
    desk.page.click("#close")
    expect(desk.page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=20_000)
    expect(visitor.answers).to_have_count(answers + 1, timeout=ANSWER_MILLISECONDS)
    visitor.say(QUESTION[language])
    expect(visitor.answers).to_have_count(answers + 2, timeout=ANSWER_MILLISECONDS)
    expect(visitor.answers.last.locator(".thumb")).to_have_count(2)

    desk.leave()
    assert desk.faults == visitor.faults == []
    staff.close()
    people.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_a_phone_and_breaks_no_rule(browser: Browser, door: RunningBot, language: str) -> None:
    context = new_context(browser, PHONE, color_scheme="dark" if language == "nl" else "light")
    desk = DeskPage(context, door.settings, language, "zoe")
    _look(desk.page, "sign-in")
    desk.sign_in().come()
    _look(desk.page, "inbox")
    people = new_context(browser)
    visitor = WidgetPage(people, door, language).open()
    visitor.say(QUESTION[language])
    visitor.expect_answers(1)
    visitor.find(".chip", has_text=PERSON[language]).last.click()
    expect(desk.waiting).to_have_count(1, timeout=20_000)
    _look(desk.page, "waiting")
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    expect(desk.page.locator("#reply")).to_be_visible(timeout=20_000)
    _look(desk.page, "talk")
    desk.page.goto(f"{desk.address}callbacks")
    _look(desk.page, "callbacks")
    desk.page.goto(f"{desk.address}account")
    _look(desk.page, "account")
    desk.page.go_back()
    desk.page.go_back()
    desk.page.select_option("#outcome", "other")
    desk.page.click("#close")
    desk.leave()
    assert desk.faults == []
    people.close()
    context.close()


def _look(page: Page, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
    found = Axe().run(page).response["violations"]
    broken = [f"{name}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]
    assert not broken, broken
