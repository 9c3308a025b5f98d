"""Slow and broken networks, hidden tabs and closed panels: what is shown stays true and nothing is lost."""

from __future__ import annotations

import time

import httpx
from playwright.sync_api import Browser, Route, expect

from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, WidgetPage, new_context, word
from tests.processes.running_bot import RunningBot

#: A bad mobile connection: 50 kB/s down, 20 kB/s up, a second there and back.
SLOW = {"offline": False, "latency": 1000, "downloadThroughput": 50_000, "uploadThroughput": 20_000}


def test_on_a_slow_network_a_message_says_that_it_is_under_way(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "nl").open()
    client = context.new_cdp_session(tab.page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", SLOW)

    tab.say(QUESTION["nl"])
    expect(tab.sent.locator(".delivery")).to_have_text(word("sending", "nl"))

    tab.expect_answers(1)
    expect(tab.sent.locator(".delivery")).to_be_empty()
    assert tab.faults == []
    context.close()


def test_an_answer_given_while_the_network_was_away_comes_with_the_network(
    browser: Browser, door: RunningBot
) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "fr").open()
    tab.say(QUESTION["fr"])
    tab.expect_answers(1)

    tab.say("Où êtes-vous ?")
    expect(tab.sent.last.locator(".delivery")).to_be_empty()
    context.set_offline(True)
    tab.page.wait_for_timeout(2000)
    context.set_offline(False)

    tab.expect_answers(2)
    tab.page.wait_for_timeout(1000)
    assert tab.answers.count() == 3
    expect(tab.find(".banner")).to_be_hidden()
    context.close()


def test_who_has_not_written_yet_is_told_when_the_network_goes_and_when_it_comes(
    browser: Browser, door: RunningBot
) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "nl").open()

    context.set_offline(True)
    expect(tab.find(".banner")).to_contain_text(word("offline", "nl")[:20])
    context.set_offline(False)

    expect(tab.find(".banner")).to_be_hidden()
    context.close()


def test_a_message_whose_acknowledgement_is_lost_is_answered_once(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.fallback()

    tab.page.route("**/chat/messages", lose)
    tab.say(QUESTION["en"])
    tab.expect_answers(1)
    tab.page.wait_for_timeout(1000)

    assert lost == [202]
    assert tab.sent.count() == 1
    assert tab.answers.count() == 2
    context.close()


def test_a_visitor_who_goes_too_fast_is_told_and_the_message_goes_later(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "nl").open()
    refused: list[bool] = []

    def refuse_once(route: Route) -> None:
        if route.request.method == "POST" and not refused:
            refused.append(True)
            problem = {"code": "too_fast", "title": "Te snel", "retryable": True}
            route.fulfill(status=429, headers={"Retry-After": "2"}, json=problem)
        else:
            route.fallback()

    tab.page.route("**/chat/messages", refuse_once)
    tab.say(QUESTION["nl"])
    expect(tab.sent.locator(".delivery")).to_contain_text(word("slow_down", "nl").replace("%seconds", "2"))

    tab.expect_answers(1)
    expect(tab.sent.locator(".delivery")).to_be_empty()
    context.close()


def test_an_answer_behind_the_closed_panel_is_counted_until_it_is_opened(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "fr").open()
    held: list[Route] = []
    tab.page.route("**/chat/messages", lambda route: held.append(route))
    tab.say(QUESTION["fr"])
    tab.page.keyboard.press("Escape")
    expect(tab.find(".panel")).to_be_hidden()
    held[0].continue_()  # the answer cannot have been there before

    expect(tab.find(".badge")).to_have_text("1", timeout=ANSWER_MILLISECONDS)
    name = f"{word('open', 'fr')}, {word('unread_one', 'fr')}"
    expect(tab.launcher).to_have_accessible_name(name)
    tab.open()
    tab.page.keyboard.press("Escape")
    expect(tab.find(".badge")).to_be_hidden()
    tab.page.reload()
    tab.page.wait_for_timeout(800)
    expect(tab.find(".badge")).to_be_hidden()
    context.close()


def test_a_hidden_tab_gives_its_stream_back_and_takes_up_where_it_was(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()
    tab.say(QUESTION["en"])
    tab.expect_answers(1)
    hide = (
        "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    _wait_for_streams(door, 1)

    tab.page.evaluate(hide, True)
    _wait_for_streams(door, 0)
    tab.page.evaluate(hide, False)
    tab.say("Where are you?")

    tab.expect_answers(2)
    context.close()


def _wait_for_streams(door: RunningBot, count: int) -> None:
    """Until the door says that so many streams are open."""
    deadline = time.monotonic() + 10
    metrics = ""
    while time.monotonic() < deadline:
        metrics = httpx.get(f"http://127.0.0.1:{door.settings.door.ops_port}/metrics", timeout=5).text
        if f"\nfaqbot_open_streams {float(count)}\n" in metrics:
            return
        time.sleep(0.1)
    raise AssertionError(metrics)
