"""A visitor's whole way through the widget, in each language, on a desktop and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.widget_page import DESKTOP, PHONE, WidgetPage, new_context, word
from tests.processes.running_bot import RunningBot

QUESTION = {
    "fr": "Comment devenir infirmière ?",
    "nl": "Hoe word ik verpleegkundige?",
    "en": "How do I become a nurse?",
}
OTHER = {"fr": "nl", "nl": "en", "en": "fr"}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_asks_rates_switches_reloads_and_erases(
    browser: Browser, door: RunningBot, language: str, size: dict[str, int]
) -> None:
    context = new_context(browser, size, accept_downloads=True)
    tab = WidgetPage(context, door, language).open()

    expect(tab.find(".consent")).to_be_visible()
    assert tab.stored() == 0, "nothing may be kept before the first message"
    tab.say(QUESTION[language])
    tab.expect_answers(1)
    expect(tab.answers.last.locator(".bubble").last).to_have_attribute("lang", language)
    expect(tab.find(".consent")).to_be_hidden()
    assert tab.stored() > 0

    tab.answers.last.locator(".thumb").last.click()
    tab.find(".comment textarea").fill("x")
    tab.find(".comment button[type=submit]").click()
    expect(tab.answers.last.locator(".thumb[aria-pressed=true]")).to_have_count(1)

    tab.find(".chip").first.click()
    tab.expect_answers(2)

    tab.page.reload()
    tab.open()
    expect(tab.sent).to_have_count(2)
    second = WidgetPage(context, door, language).open()
    expect(second.sent).to_have_count(2)
    assert second.answers.count() == tab.answers.count()

    other = OTHER[language]
    tab.page.bring_to_front()
    before = tab.answers.count()
    tab.find(".language").nth(LANGUAGES.index(other)).click()
    expect(tab.answers).to_have_count(before + 1, timeout=20_000)
    expect(tab.find(".send")).to_have_attribute("aria-label", word("send", other))
    expect(tab.answers.last.locator(".bubble").last).to_have_attribute("lang", other)

    with tab.page.expect_download() as download:
        tab.menu("download", other)
    kept = download.value.path().read_text(encoding="utf-8")
    assert QUESTION[language] in kept

    tab.menu("erase", other)
    tab.find(".confirm-dialog .danger").click()
    expect(tab.sent).to_have_count(0)
    assert tab.stored() == 0
    second.page.bring_to_front()
    expect(second.sent).to_have_count(0)
    assert tab.faults == second.faults == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_works_with_the_keyboard_alone(browser: Browser, door: RunningBot, language: str) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, language)
    keyboard = tab.page.keyboard

    for _ in range(20):
        keyboard.press("Tab")
        if tab.page.evaluate("document.activeElement.tagName") == "FAQ-BOT":
            break
    keyboard.press("Enter")
    expect(tab.find("textarea#box")).to_be_focused()
    keyboard.type(QUESTION[language])
    keyboard.press("Enter")
    tab.expect_answers(1)
    keyboard.press("Escape")

    expect(tab.find(".panel")).to_be_hidden()
    expect(tab.launcher).to_be_focused()
    context.close()


def test_two_visitors_see_only_their_own(browser: Browser, door: RunningBot) -> None:
    first = WidgetPage(new_context(browser), door, "nl").open()
    second = WidgetPage(new_context(browser), door, "fr").open()

    first.say(QUESTION["nl"])
    second.say(QUESTION["fr"])
    first.expect_answers(1)
    second.expect_answers(1)

    assert first.sent.all_inner_texts() != second.sent.all_inner_texts()
    assert QUESTION["fr"] not in first.find(".panel").inner_text()
    first.page.context.close()
    second.page.context.close()
