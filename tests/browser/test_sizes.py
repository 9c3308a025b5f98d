"""Everything fits and can be pressed: on small and enlarged screens, with large text, with a thumb."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import DESKTOP, PHONE, WidgetPage, new_context, word
from tests.processes.running_bot import RunningBot

#: What holds words or an icon, and those of them that show less than they hold.
_WORDS = (
    ":is(button, .title, .role, .bubble, .foot, .consent, .standing, .below-button, .badge, [role=menuitem],"
    " .confirm-dialog p, h3)"
)
_CUT = (
    "nodes => nodes.filter(n => n.offsetParent && (n.scrollWidth > n.clientWidth + 1 && n.clientWidth"
    " || n.scrollHeight > n.clientHeight + 2 && n.clientHeight))"
    ".map(n => [n.className, n.textContent.slice(0, 40), n.scrollWidth, n.clientWidth, n.scrollHeight,"
    " n.clientHeight])"
)


#: A small phone; a window of 1280 x 800 enlarged to 200 %; the same to 400 %, the most that WCAG asks for.
SMALL = {"320 pixels": (320, 568, 1), "200 %": (640, 400, 2), "400 %": (320, 256, 4)}


@pytest.mark.parametrize("screen", SMALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_on_small_and_enlarged_screens(
    browser: Browser, door: RunningBot, language: str, screen: str
) -> None:
    width, height, scale = SMALL[screen]
    context = new_context(browser, {"width": width, "height": height}, device_scale_factor=scale)
    tab = WidgetPage(context, door, language).open()
    tab.say(QUESTION[language])
    tab.expect_answers(1)

    too_wide = tab.page.evaluate(
        "document.documentElement.scrollWidth > innerWidth"
        " || [...document.querySelector('faq-bot').shadowRoot.querySelectorAll('.panel *')]"
        ".some(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )
    tab.find(".send").scroll_into_view_if_needed()

    assert not too_wide
    expect(tab.find(".send")).to_be_in_viewport(ratio=1)
    tab.find(".menu-place > button").click()
    for entry in tab.find("[role=menuitem]:visible").all():
        entry.scroll_into_view_if_needed()
        expect(entry).to_be_in_viewport(ratio=1)
    context.close()


@pytest.fixture(scope="module")
def large_text(browser: Browser, chromium: str) -> Iterator[Browser]:
    """A browser of somebody who has set text to twice the usual size, and nothing else."""
    arguments = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    opened = browser.browser_type.launch(executable_path=chromium, args=arguments)
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 1600, "height": 1000}], ids=["desktop", "phone", "wide"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_when_text_alone_is_twice_as_large(
    large_text: Browser, door: RunningBot, language: str, size: dict[str, int]
) -> None:
    context = new_context(large_text, size)
    tab = WidgetPage(context, door, language).open()
    greeting = tab.find(".answer .bubble").first
    assert greeting.evaluate("e => getComputedStyle(e).fontSize") == "32px"
    cut = tab.find(_WORDS).evaluate_all(_CUT)
    tab.say(QUESTION[language])
    tab.expect_answers(1)
    tab.answers.last.locator(".thumb").last.click()
    tab.find(".menu-place > button").click()
    cut += tab.find(_WORDS).evaluate_all(_CUT)
    for entry in tab.find("[role=menuitem]:visible").all():
        entry.scroll_into_view_if_needed()
        expect(entry).to_be_in_viewport(ratio=1)
    tab.find("[role=menuitem]", has_text=word("erase", language)).click()
    cut += tab.find(_WORDS).evaluate_all(_CUT)
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")
    tab.page.evaluate("document.querySelector('faq-bot').chat.launcher.setUnread(12)")
    cut += tab.find(".badge").evaluate_all(_CUT)

    assert cut == []
    too_wide = tab.page.evaluate("document.querySelector('faq-bot').shadowRoot.querySelector('.wrap').scrollWidth")
    assert too_wide <= size["width"]
    tab.open()
    tab.find(".send").scroll_into_view_if_needed()
    expect(tab.find(".send")).to_be_in_viewport(ratio=1)
    tab.find(".log").scroll_into_view_if_needed()
    box = tab.find(".log").bounding_box()
    assert box
    assert box["height"] >= 6 * 32 - 1, "six lines of the thread at least"
    context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_answer_is_seen_down_to_the_box_and_while_somebody_types_to_the_dots(
    browser: Browser, door: RunningBot, size: dict[str, int]
) -> None:
    context = new_context(browser, size)
    tab = WidgetPage(context, door, "nl").open()
    tab.say(QUESTION["nl"])
    tab.expect_answers(1)
    gap = (
        "() => (find => find('.composer').getBoundingClientRect().top - find('.log').getBoundingClientRect().bottom)"
        "(name => document.querySelector('faq-bot').shadowRoot.querySelector(name))"
    )
    tab.page.wait_for_timeout(500)
    idle = tab.page.evaluate(gap)
    tab.page.route("**/chat/messages", lambda route: None)  # never answered: the dots stay
    tab.say("Waar zijn jullie?")
    expect(tab.find(".typing-words")).not_to_be_empty()

    assert abs(idle) < 1
    assert tab.page.evaluate(gap) > 15
    expect(tab.find(".dots")).to_be_in_viewport(ratio=1)
    expect(tab.sent.last.locator(".delivery")).to_be_in_viewport(ratio=1)
    assert tab.find(".log").evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2
    context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_everything_to_press_is_at_least_24_pixels_wide_and_high(
    browser: Browser, door: RunningBot, size: dict[str, int]
) -> None:
    context = new_context(browser, size)
    tab = WidgetPage(context, door, "en")
    sizes = (
        "nodes => nodes.filter(n => n.offsetParent).map(n => [n.className || n.tagName,"
        " n.getBoundingClientRect().width, n.getBoundingClientRect().height])"
    )
    seen = tab.find(":is(button, textarea)").evaluate_all(sizes)
    tab.open()
    tab.say(QUESTION["en"])
    tab.expect_answers(1)
    tab.answers.last.locator(".thumb").last.click()
    expect(tab.find(".comment")).to_be_visible()
    tab.find(".menu-place > button").click()
    seen += tab.find(":is(button, textarea, .menu a)").evaluate_all(sizes)

    assert len(seen) > 12
    assert [what for what in seen if min(what[1:]) < 24] == []
    context.close()
