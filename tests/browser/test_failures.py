"""What a visitor sees when something fails: nothing is lost, nothing is doubled, and the words are honest."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import WidgetPage, new_context, word
from tests.processes.running_bot import RunningBot


def test_the_door_is_killed_in_the_middle_and_the_answer_comes_once(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "fr").open()
    tab.say(QUESTION["fr"])
    tab.expect_answers(1)

    tab.say("Où êtes-vous ?")
    door.kill("gateway_process")
    tab.say("Comment m'inscrire chez Actiris ?")

    expect(tab.answers).to_have_count(4, timeout=60_000)
    tab.page.wait_for_timeout(1500)
    assert tab.answers.count() == 4
    assert tab.sent.count() == 3
    expect(tab.find(".banner")).to_be_hidden()
    context.close()


def test_while_rasa_restarts_a_notice_is_shown_and_a_person_can_be_had(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "nl").open()
    tab.say(QUESTION["nl"])
    tab.expect_answers(1)

    door.kill("rasa run")
    tab.say("Waar zijn jullie?")
    expect(tab.find(".typing-words")).to_contain_text("bewaard", timeout=15_000)

    expect(tab.answers).to_have_count(3, timeout=120_000)
    tab.page.wait_for_timeout(1500)
    assert tab.answers.count() == 3
    context.close()


def test_a_message_typed_without_network_is_sent_later(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()
    tab.say(QUESTION["en"])
    tab.expect_answers(1)

    context.set_offline(True)
    expect(tab.find(".banner")).to_contain_text(word("offline", "en")[:20])
    tab.say("Where are you?")
    expect(tab.sent.last.locator(".delivery")).to_contain_text(word("not_sent", "en"))
    expect(tab.sent.last.locator(".delivery button")).to_be_in_viewport(ratio=1)
    context.set_offline(False)

    tab.expect_answers(2)
    assert tab.sent.count() == 2
    context.close()


@pytest.mark.parametrize("why", ["forged", "expired"])
def test_a_token_that_is_over_begins_a_new_conversation_with_the_text_kept(
    browser: Browser, door: RunningBot, why: str
) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()
    tab.say(QUESTION["en"])
    tab.expect_answers(1)

    if why == "forged":
        tab.keep_token("eyJhbGciOiJIUzI1NiJ9.e30.forged")
    else:
        tab.age_token(door, days=31)
    tab.page.reload()
    tab.open()
    expect(tab.find(".line", has_text=word("session_over", "en"))).to_have_count(1)
    tab.say("Where are you?")

    expect(tab.answers.last).to_be_visible()
    assert tab.sent.count() == 1
    context.close()


def test_a_token_is_renewed_by_use_and_both_tabs_go_on(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    first = WidgetPage(context, door, "en").open()
    first.say(QUESTION["en"])
    first.expect_answers(1)
    second = WidgetPage(context, door, "en").open()
    second.expect_answers(1)
    contact = first.contact_id()

    aged = first.age_token(door, days=29)
    first.say("Where are you?")
    first.expect_answers(2)
    second.expect_answers(2)
    second.say("What are the opening hours?")
    second.expect_answers(3)
    first.expect_answers(3)

    assert first.token() != aged
    assert first.contact_id() == contact
    for tab in (first, second):
        tab.page.reload()
        tab.open()
        tab.expect_answers(3)
        expect(tab.find(".line", has_text=word("session_over", "en"))).to_have_count(0)
        assert tab.faults == []
    context.close()


def test_blocked_storage_keeps_the_conversation_in_memory(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    blocked = (
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    context.add_init_script(blocked)
    tab = WidgetPage(context, door, "nl").open()

    tab.say(QUESTION["nl"])
    tab.expect_answers(1)

    expect(tab.find(".line", has_text=word("memory_only", "nl"))).to_have_count(1)
    assert tab.faults == []
    context.close()
