"""No rule of axe-core is broken in any state; answers are announced; the keyboard can do all; nothing must move."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import DESKTOP, PHONE, WidgetPage, new_context, word
from tests.processes.running_bot import RunningBot

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"reduced_motion": "no-preference"},
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
    tab.find("[role=menuitem]", has_text=word("erase", language)).click()
    expect(tab.find(".confirm-dialog")).to_be_visible()
    broken += _broken_rules(tab, "confirmation")
    tab.page.keyboard.press("Escape")
    tab.find("textarea#box").fill("a" * 1001)
    expect(tab.find("#fault")).not_to_be_empty()
    broken += _broken_rules(tab, "too long")
    tab.find("textarea#box").fill("")
    context.set_offline(True)
    tab.page.wait_for_timeout(200)
    broken += _broken_rules(tab, "offline")

    assert broken == []
    context.close()


def test_each_answer_is_announced_once_and_in_its_language(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "fr").open()
    log = tab.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    log.evaluate(
        "log => { window.added = []; new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node =>"
        " added.push(node.className + ' ' + node.querySelector('.bubble').lang)))).observe(log, {childList: true}); }"
    )

    tab.say(QUESTION["fr"])
    tab.expect_answers(1)
    tab.find(".language").nth(LANGUAGES.index("nl")).click()
    tab.expect_answers(2)
    tab.page.wait_for_timeout(500)

    assert tab.page.evaluate("added") == [
        *("message visitor fr", "message answer fr", "message visitor nl", "message answer nl")
    ]
    expect(tab.page.get_by_role("dialog")).to_have_attribute("lang", "nl")
    expect(tab.page.get_by_role("dialog")).to_have_attribute("aria-modal", "false")
    context.close()


def test_nothing_moves_for_those_who_ask_for_no_motion(browser: Browser, door: RunningBot) -> None:
    moving = (
        "document.querySelector('faq-bot').shadowRoot.getAnimations().filter(a => a.playState === 'running').length"
    )
    counts = {}
    for wish in ("no-preference", "reduce"):
        context = new_context(browser, reduced_motion=wish)
        tab = WidgetPage(context, door, "nl").open()
        tab.page.route("**/chat/messages", lambda route: None)  # never answered: the dots stay
        tab.say(QUESTION["nl"])
        expect(tab.find(".dots")).to_be_visible()
        counts[wish] = tab.page.evaluate(moving)
        context.close()

    assert counts["no-preference"] > 0
    assert counts["reduce"] == 0


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
