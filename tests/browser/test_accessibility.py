"""No rule of axe-core is broken in any state, and everything fits on small and enlarged screens."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import DESKTOP, PHONE, WidgetPage, new_context
from tests.processes.running_bot import RunningBot

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "no motion": {"reduced_motion": "reduce"},
}


def _broken_rules(tab: WidgetPage, state: str) -> list[str]:
    tab.page.wait_for_timeout(300)  # axe measures colours in the middle of a fade otherwise
    found = Axe().run(tab.page).response["violations"]
    return [f"{state}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_any_state(browser: Browser, door: RunningBot, look: str, size: dict[str, int]) -> None:
    language = LANGUAGES[len(look) % len(LANGUAGES)]
    context = new_context(browser, size, **LOOKS[look])
    tab = WidgetPage(context, door, language)

    broken = _broken_rules(tab, "closed")
    tab.open()
    broken += _broken_rules(tab, "greeting")
    tab.say(QUESTION[language])
    tab.expect_answers(1)
    broken += _broken_rules(tab, "answer")
    tab.answers.last.locator(".thumb").last.click()
    broken += _broken_rules(tab, "comment")
    tab.find(".menu-place > button").click()
    broken += _broken_rules(tab, "menu")
    tab.find("[role=menuitem]").nth(2).click()
    expect(tab.find(".confirm-dialog")).to_be_visible()
    broken += _broken_rules(tab, "confirmation")
    tab.page.keyboard.press("Escape")
    context.set_offline(True)
    tab.page.wait_for_timeout(200)
    broken += _broken_rules(tab, "offline")

    assert broken == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_at_320_pixels(browser: Browser, door: RunningBot, language: str) -> None:
    context = new_context(browser, {"width": 320, "height": 568})
    tab = WidgetPage(context, door, language).open()
    tab.say(QUESTION[language])
    tab.expect_answers(1)

    too_wide = tab.page.evaluate(
        "document.documentElement.scrollWidth > innerWidth"
        " || [...document.querySelector('faq-bot').shadowRoot.querySelectorAll('.panel *')]"
        ".some(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )

    assert not too_wide
    context.close()


def test_the_keyboard_stays_in_the_full_screen_panel(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser, PHONE)
    tab = WidgetPage(context, door, "nl").open()
    seen = set()

    for _ in range(25):
        tab.page.keyboard.press("Tab")
        seen.add(tab.page.evaluate("document.activeElement.tagName"))

    assert seen == {"FAQ-BOT"}
    expect(tab.find(".panel")).to_have_attribute("aria-modal", "true")
    context.close()
