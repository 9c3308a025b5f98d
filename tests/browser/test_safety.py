"""Scripts in messages stay words, too long a message is kept, and the widget weighs little."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.widget_page import WidgetPage, new_context
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


def test_a_message_over_the_limit_is_refused_with_its_text_kept(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "fr").open()
    text = "a" * 1001

    tab.find("textarea#box").fill(text)
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_timeout(500)

    assert tab.sent.count() == 0
    assert tab.find("textarea#box").input_value() == text
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
