"""A whole conversation at the desk with the keyboard alone: every tool is reached, seen and used."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.desk_page import DeskPage
from tests.browser.light_door import LightDoor, light_door
from tests.browser.test_attention import asks_for_a_person
from tests.browser.widget_page import ANSWER_MILLISECONDS, PHONE, new_context

__all__ = ["light_door"]

_TAG = "follow_up"
#: Words of which topics tell.
_SEARCHED = {"fr": "infirmière", "nl": "verpleegkundige", "en": "nurse"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_from_the_inbox_to_its_end(browser: Browser, light_door: LightDoor, language: str) -> None:
    context = new_context(browser)
    desk = DeskPage(context, light_door.settings, language, "zoe").sign_in()
    page, keys = desk.page, desk.page.keyboard
    page.goto(desk.address)
    desk.tab_to("#presence-button")
    keys.press("Enter")
    expect(page.locator("#presence .tag")).to_have_text(desk.say("present"), timeout=20_000)
    visitor = asks_for_a_person(browser, light_door, language)
    expect(desk.waiting).to_have_count(1, timeout=20_000)

    desk.tab_to("#waiting button")
    keys.press("Enter")
    page.wait_for_load_state()
    page.wait_for_timeout(300)  # the browser goes to the newest line once more after it has loaded the page
    expect(page.locator("#words")).to_be_focused(timeout=20_000)
    keys.type("Good morning")
    keys.press("Control+Enter")
    expect(visitor.find(".answer.person")).to_contain_text("Good morning", timeout=ANSWER_MILLISECONDS)

    desk.tab_to("#canned summary")
    keys.press("Enter")
    desk.tab_to("#canned-moment")
    keys.press("Enter")
    expect(page.locator("#words")).not_to_have_value("")
    page.locator("#words").focus()
    keys.press("Control+Enter")
    expect(visitor.find(".answer.person")).to_have_count(2, timeout=ANSWER_MILLISECONDS)

    desk.tab_to(f"#tag-{_TAG}")
    keys.press("Enter")
    expect(page.locator(f"#tag-{_TAG}")).to_have_attribute("aria-pressed", "true", timeout=20_000)
    expect(page.locator(f"#tag-{_TAG}")).to_be_focused()
    desk.tab_to("#note")
    keys.type("Wants an evening course")
    desk.tab_to("#keep-note")
    keys.press("Space")
    expect(page.locator(".note")).to_contain_text("Wants an evening course", timeout=20_000)
    desk.tab_to("#find")
    keys.type(_SEARCHED[language])
    keys.press("Enter")
    expect(page.locator("#found .answers li").first).to_be_visible(timeout=20_000)

    desk.tab_to("#outcome")
    keys.press("ArrowDown")
    desk.tab_to("#close")
    keys.press("Enter")
    expect(page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=20_000)

    desk.leave()
    assert desk.faults == visitor.faults == []
    visitor.page.context.close()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tools_fit_a_phone_and_break_no_rule(browser: Browser, light_door: LightDoor, language: str) -> None:
    context = new_context(browser, PHONE, color_scheme="dark" if language == "en" else "light")
    desk = DeskPage(context, light_door.settings, language, "zoe").sign_in().come()
    visitor = asks_for_a_person(browser, light_door, language)
    expect(desk.waiting).to_have_count(1, timeout=20_000)
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    page = desk.page
    expect(page.locator("#reply")).to_be_visible(timeout=20_000)
    visitor.say(_SEARCHED[language])
    expect(desk.lines.last).to_contain_text(_SEARCHED[language], timeout=20_000)

    page.locator("#canned summary").click()
    page.locator("#pass-on summary").click()
    page.fill("#find", _SEARCHED[language])
    page.keyboard.press("Enter")
    expect(page.locator("#found .answers li").first).to_be_visible(timeout=20_000)
    desk.look("all tools")
    page.locator("#log .line.visitor a").last.click()
    expect(page.locator("h1")).to_have_text(desk.say("propose"), timeout=20_000)
    desk.look("a proposal")
    page.go_back()

    page.select_option("#outcome", "other")
    page.click("#close")
    expect(page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=20_000)
    desk.leave()
    assert desk.faults == []
    visitor.page.context.close()
    context.close()
