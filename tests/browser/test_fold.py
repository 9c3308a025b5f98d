"""On a small phone nothing that comes first is hidden without a hint."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.light_door import LightDoor, light_door
from tests.browser.widget_page import PHONE, WidgetPage, new_context, word

__all__ = ["light_door"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_questions_are_seen_or_hinted_at(browser: Browser, light_door: LightDoor, language: str) -> None:
    context = new_context(browser, PHONE)
    tab = WidgetPage(context, light_door, language).open()
    last, hint = tab.find(".chip").last, tab.find(".below-button")

    expect(last).not_to_be_in_viewport()
    expect(hint).to_have_text(word("below", language))
    expect(hint).to_be_in_viewport(ratio=1)
    for _ in range(6):
        if hint.is_hidden():
            break
        hint.click()
        tab.page.wait_for_timeout(200)

    expect(hint).to_be_hidden()
    expect(last).to_be_in_viewport(ratio=1)
    tab.find(".log").evaluate("log => { log.scrollTop = 0; }")
    expect(hint).to_be_visible()
    assert tab.faults == []
    context.close()


def test_the_keyboard_is_not_lost_when_the_hint_goes_away(browser: Browser, light_door: LightDoor) -> None:
    context = new_context(browser, PHONE)
    tab = WidgetPage(context, light_door, "nl").open()
    hint = tab.find(".below-button")

    hint.focus()
    for _ in range(6):
        if hint.is_visible():
            tab.page.keyboard.press("Enter")
            tab.page.wait_for_timeout(200)

    expect(hint).to_be_hidden()
    expect(tab.find(".log")).to_be_focused()
    context.close()


def test_on_a_large_screen_there_is_nothing_to_hint_at(browser: Browser, light_door: LightDoor) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, light_door, "en").open()

    tab.find(".log").evaluate("log => { log.scrollTop = log.scrollHeight; }")

    expect(tab.find(".below-button")).to_be_hidden()
    context.close()
