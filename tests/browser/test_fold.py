"""On a small phone nothing that comes first is hidden without a hint."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.light_door import LightDoor, light_door
from tests.browser.widget_page import PHONE, WidgetPage, new_context, word

__all__ = ["light_door"]

#: Smaller than any phone that is sold: there is always something below.
TINY = {"width": 320, "height": 480}
#: Whether the whole of the last question is inside the log.
_IS_SEEN = (
    "chip => { const log = chip.closest('.log').getBoundingClientRect(), own = chip.getBoundingClientRect();"
    " return own.bottom <= log.bottom + 1 && own.top >= log.top; }"
)


@pytest.mark.parametrize("size", [PHONE, TINY], ids=["phone", "tiny"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_questions_are_seen_or_hinted_at(
    browser: Browser, light_door: LightDoor, language: str, size: dict[str, int]
) -> None:
    context = new_context(browser, size)
    tab = WidgetPage(context, light_door, language).open()
    last, hint = tab.find(".chip").last, tab.find(".below-button")
    tab.page.wait_for_timeout(500)

    if size == TINY:
        assert not last.evaluate(_IS_SEEN), "else this test shows nothing"
    assert last.evaluate(_IS_SEEN) or hint.is_visible()
    if hint.is_visible():
        expect(hint).to_have_text(word("below", language))
        expect(hint).to_be_in_viewport(ratio=1)
    for _ in range(8):
        if hint.is_visible():
            hint.click()
            tab.page.wait_for_timeout(200)

    expect(hint).to_be_hidden()
    assert last.evaluate(_IS_SEEN)
    assert tab.faults == []
    context.close()


def test_the_keyboard_is_not_lost_when_the_hint_goes_away(browser: Browser, light_door: LightDoor) -> None:
    context = new_context(browser, TINY)
    tab = WidgetPage(context, light_door, "nl").open()
    hint = tab.find(".below-button")
    expect(hint).to_be_visible()

    hint.focus()
    for _ in range(8):
        if hint.is_visible():
            tab.page.keyboard.press("Enter")
            tab.page.wait_for_timeout(200)

    expect(hint).to_be_hidden()
    expect(tab.find(".log")).to_be_focused()
    tab.find(".log").evaluate("log => { log.scrollTop = 0; }")
    expect(hint).to_be_visible()
    context.close()


def test_what_fits_needs_no_hint(browser: Browser, light_door: LightDoor) -> None:
    context = new_context(browser, {"width": 800, "height": 1400})
    tab = WidgetPage(context, light_door, "en").open()
    tab.find(".panel").evaluate("panel => { panel.style.maxHeight = panel.style.height = '1300px'; }")

    tab.find(".log").evaluate("log => log.dispatchEvent(new Event('scroll'))")

    expect(tab.find(".below-button")).to_be_hidden()
    context.close()
