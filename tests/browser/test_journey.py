"""A visitor's whole way through the widget, in each language, on a desktop and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.widget_page import ANSWER_MILLISECONDS, DESKTOP, PHONE, WidgetPage, new_context, word
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
    for one in (tab, second):
        one.expect_answers(2)

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
def test_a_visitor_begins_with_a_starter_and_later_starts_again(
    browser: Browser, door: RunningBot, language: str
) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, language).open()
    starters = tab.find(".chip").all_inner_texts()
    assert len(starters) >= 3

    tab.find(".chip").first.click()
    tab.expect_answers(1)
    assert starters[0] in tab.sent.first.inner_text()
    tab.answers.last.locator(".thumb").first.click()
    expect(tab.find(".comment label")).to_have_text(word("comment_up", language))
    tab.find(".comment .link-button").click()
    expect(tab.answers.last.locator(".thumb").first).to_be_focused()

    tab.menu("restart", language)
    expect(tab.find(".line", has_text=word("started_again", language))).to_have_count(1)
    expect(tab.find(".chip")).to_have_text(starters)
    tab.say(QUESTION[language])
    tab.expect_answers(3)
    assert tab.faults == []
    context.close()


def test_the_greeting_is_there_with_the_next_frames_after_the_click(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "fr")

    # Counted in frames, so that a busy machine changes nothing: nothing is fetched between click and greeting.
    frames = tab.page.evaluate(
        """() => new Promise(resolve => {
          const root = document.querySelector('faq-bot').shadowRoot;
          let frames = 0;
          root.querySelector('.launcher').click();
          const look = () => {
            frames += 1;
            root.querySelector('.answer .bubble').getBoundingClientRect().height
              ? resolve(frames) : requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        })"""
    )

    assert frames <= 3
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

    _tab_to(tab, ".thumb", "Shift+Tab")
    keyboard.press("Space")
    expect(tab.find(".comment")).to_be_visible()
    _tab_to(tab, ".comment textarea", "Tab")
    keyboard.type("ok")
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(tab.find(".thumb[aria-pressed=true]")).to_be_focused()
    _tab_to(tab, ".chip", "Tab")
    keyboard.press("Enter")
    tab.expect_answers(2)
    expect(tab.find("textarea#box")).to_be_focused()

    _tab_to(tab, ".menu-place > button", "Shift+Tab")
    keyboard.press("ArrowDown")
    expect(tab.find("[role=menuitem]").first).to_be_focused()
    for _ in range(3):
        keyboard.press("ArrowDown")
    keyboard.press("Enter")
    dialog = tab.page.get_by_role("alertdialog", name=word("erase_question", language))
    expect(dialog.get_by_role("button", name=word("erase_no", language))).to_be_focused()
    for _ in range(3):
        keyboard.press("Tab")
        assert dialog.locator(":focus").count() == 1, "the keyboard stays in the question"
    keyboard.press("Escape")
    expect(tab.find(".menu-place > button")).to_be_focused()
    assert tab.sent.count() == 2

    keyboard.press("Escape")
    expect(tab.find(".panel")).to_be_hidden()
    expect(tab.launcher).to_be_focused()
    context.close()


def _tab_to(tab: WidgetPage, selector: str, key: str) -> None:
    """Press a key until an element has the keyboard."""
    for _ in range(25):
        tab.page.keyboard.press(key)
        if tab.find(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is out of reach of {key}")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_long_answer_is_read_from_its_question_on(browser: Browser, door: RunningBot, size: dict[str, int]) -> None:
    context = new_context(browser, size)
    tab = WidgetPage(context, door, "fr").open()

    tab.say(QUESTION["fr"])
    tab.expect_answers(1)

    expect(tab.sent.last.locator(".bubble")).to_be_in_viewport(ratio=1)
    expect(tab.answers.last.locator(".author")).to_be_in_viewport(ratio=1)
    tab.page.wait_for_timeout(300)
    top = tab.find(".log").evaluate("log => log.scrollTop")
    assert abs(top - tab.sent.last.evaluate("sent => sent.offsetTop - 8")) < 2
    context.close()


def test_a_second_tab_is_kept_in_step(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    first = WidgetPage(context, door, "fr").open()
    first.say(QUESTION["fr"])
    first.expect_answers(1)
    second = WidgetPage(context, door, "fr").open()
    second.expect_answers(1)

    second.say("Où êtes-vous ?")
    second.expect_answers(2)
    expect(first.sent).to_have_count(2)
    first.expect_answers(2)
    first.answers.last.locator(".thumb").first.click()
    expect(second.answers.last.locator(".thumb[aria-pressed=true]")).to_have_count(1)
    first.find(".language").nth(LANGUAGES.index("en")).click()
    second.expect_answers(3)
    expect(second.find(".send")).to_have_attribute("aria-label", word("send", "en"))
    second.menu("restart", "en")
    expect(first.find(".line", has_text=word("started_again", "en"))).to_have_count(1)

    expect(second.answers).to_have_count(first.answers.count(), timeout=ANSWER_MILLISECONDS)
    assert first.faults == second.faults == []
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
