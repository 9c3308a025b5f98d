"""Scripts in messages stay words, too long a message is kept, and the widget weighs little."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Route, expect

from bot.services.conversations.conversations import Conversations
from bot.store.database import Database, database_url
from tests.browser.widget_page import WidgetPage, new_context, word
from tests.processes.running_bot import RunningBot

ATTEMPTS = (
    '<img src=x onerror="window.hacked = 1">',
    "<script>window.hacked = 1</script>",
    "[click](javascript:window.hacked=1) **bold**",
    '"><svg onload=window.hacked=1>',
)
_MOST_BYTES = 30 * 1024


def test_what_a_visitor_types_is_shown_as_it_was_typed(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()

    for number, attempt in enumerate(ATTEMPTS, start=1):
        tab.say(attempt)
        tab.expect_answers(number)
    tab.page.reload()
    tab.open()

    expect(tab.sent).to_have_count(len(ATTEMPTS))
    for shown, attempt in zip(tab.sent.locator(".bubble").all_inner_texts(), ATTEMPTS, strict=True):
        assert attempt in shown
    assert tab.page.evaluate("window.hacked === undefined")
    assert tab.find(".panel :is(img, script, a[href^=javascript])").count() == 0
    context.close()


def test_scripts_in_an_answer_stay_words_when_they_were_stored(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()
    tab.say("Where are you?")
    tab.expect_answers(1)
    database = Database(database_url(door.settings))
    bad: list[dict[str, Any]] = [{"kind": "text", "markdown": attempt} for attempt in ATTEMPTS]
    bad_links = [{"title": attempt, "url": "javascript:window.hacked=1"} for attempt in ATTEMPTS]
    bad_card = {"title": ATTEMPTS[1], "lines": list(ATTEMPTS), "url": "data:text/html,x", "links": bad_links}
    bad_card.update(mark=ATTEMPTS[2], language='"><b>', choices=[{"id": "human", "title": ATTEMPTS[3]}])
    bad += [
        {"kind": "link", "title": ATTEMPTS[0], "url": "javascript:window.hacked=1"},
        {"kind": "cards", "items": [bad_card]},
        {"kind": "choices", "items": [{"id": "human", "title": ATTEMPTS[3]}]},
    ]

    Conversations(database).say(tab.contact_id(), {"language": "en", "parts": bad})
    database.close()
    tab.page.reload()
    tab.open()

    tab.expect_answers(2)
    shown = tab.answers.last.inner_text()
    assert all(attempt in shown for attempt in (ATTEMPTS[0], ATTEMPTS[1], ATTEMPTS[3]))
    _expect_harmless(tab)
    context.close()


def test_scripts_from_a_door_that_went_wrong_do_not_run_either(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()
    tab.say("Where are you?")
    tab.expect_answers(1)

    def spoil(route: Route) -> None:
        history = route.fetch().json()
        html = "<p onclick='window.hacked=1'>kept</p>" + "".join(ATTEMPTS) + "<a href=' javascript:hacked=1'>x</a>"
        for event in history["events"]:
            if event["data"].get("role") == "bot":
                event["data"]["parts"] = [{"kind": "text", "html": html}]
        route.fulfill(json=history)

    tab.page.route("**/chat/history", spoil)
    tab.page.reload()
    tab.open()

    expect(tab.answers.last).to_contain_text("kept")
    _expect_harmless(tab)
    context.close()


def _expect_harmless(tab: WidgetPage) -> None:
    tab.page.wait_for_timeout(300)
    assert tab.page.evaluate("window.hacked === undefined")
    assert (
        tab.find(".log :is(img, script, iframe, a[href^=javascript], a[href^=data], [onclick], [onload])").count()
        == 0
    )


def test_a_message_over_the_limit_is_refused_with_its_text_kept(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "fr").open()
    text = "a" * 1001

    tab.find("textarea#box").fill(text)
    tab.page.keyboard.press("Enter")
    expect(tab.find("#fault")).to_have_text(word("text_too_long", "fr").replace("%more", "1"))
    expect(tab.find("textarea#box")).to_have_attribute("aria-invalid", "true")

    assert tab.sent.count() == 0
    assert tab.find("textarea#box").input_value() == text
    tab.say(text[1:])
    tab.expect_answers(1)
    context.close()


def test_a_text_that_the_door_refuses_comes_back_into_the_box(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "nl")
    # The widget would not send so much by itself.
    tab.page.evaluate("document.querySelector('faq-bot').chat.panel.composer.mostCharacters = 5000")
    tab.open()

    tab.say("b" * 1200)

    expect(tab.sent.locator(".delivery .fault")).to_be_visible()
    expect(tab.find("textarea#box")).to_have_value("b" * 1200)
    context.close()


def test_what_a_visitor_loads_weighs_at_most_30_kilobytes(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    ours: dict[str, str] = {}
    weights: dict[str, float] = {}
    client.on("Network.requestWillBeSent", lambda e: ours.update({e["requestId"]: e["request"]["url"]}))
    client.on("Network.loadingFinished", lambda e: weights.update({e["requestId"]: e["encodedDataLength"]}))

    page.goto(f"{door.settings.door.local_url}/?lang=nl")
    page.locator("faq-bot .launcher").click()
    page.wait_for_timeout(1500)

    parts = {url: weights[number] for number, url in ours.items() if number in weights and "demo" not in url}
    widget = {url: weight for url, weight in parts.items() if "/widget/" in url or "/chat/" in url}
    assert len(widget) >= 2
    assert sum(widget.values()) <= _MOST_BYTES, widget
    context.close()
