"""A visitor and a counsellor side by side: typing, seen, the place in the queue, here or gone, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.desk_page import DeskPage
from tests.browser.light_door import LightDoor, light_door
from tests.browser.widget_page import ANSWER_MILLISECONDS, WidgetPage, new_context, word

__all__ = ["light_door"]


@dataclass
class Pair:
    """Both sides of one conversation."""

    desk: DeskPage
    visitor: WidgetPage
    language: str


@pytest.fixture(params=LANGUAGES)
def pair(request: pytest.FixtureRequest, browser: Browser, light_door: LightDoor) -> Iterator[Pair]:
    """A visitor who asked for a person in the menu, and the counsellor who has taken them."""
    language = str(request.param)
    staff, people = new_context(browser), new_context(browser)
    desk = DeskPage(staff, light_door.settings, language, "zoe").sign_in().come()
    visitor = WidgetPage(people, light_door, language).open()
    visitor.menu("human", language)
    place = word("place", language).replace("%place", "1")
    expect(visitor.find(".standing", has_text=place)).to_be_visible(timeout=ANSWER_MILLISECONDS)
    expect(visitor.find(".standing-place [role=status]")).to_have_text(place)
    expect(desk.waiting).to_have_count(1, timeout=20_000)
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    expect(desk.page.locator("#reply")).to_be_visible(timeout=20_000)
    yield Pair(desk, visitor, language)
    if desk.page.locator("#close").count():
        desk.page.select_option("#outcome", "other")
        desk.page.click("#close")
        expect(desk.page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=20_000)
    desk.leave()
    assert desk.faults == visitor.faults == []
    staff.close()
    people.close()


def test_both_see_the_other_type_and_both_signs_fade(pair: Pair) -> None:
    desk, visitor = pair.desk, pair.visitor
    talking = word("with_person", pair.language).replace("%name", "Zoe")
    expect(visitor.find(".standing", has_text=talking)).to_be_visible(timeout=ANSWER_MILLISECONDS)
    expect(visitor.find(".standing-place [role=status]")).to_be_empty()
    typing = desk.page.locator("#typing")
    expect(typing).to_be_empty()

    visitor.find("textarea#box").press_sequentially("ab")
    expect(typing).to_have_text(desk.say("person_types"), timeout=10_000)
    expect(typing).to_have_attribute("role", "status")
    expect(typing).to_be_empty(timeout=10_000)
    visitor.find("textarea#box").press_sequentially("c")
    expect(typing).not_to_be_empty(timeout=10_000)
    visitor.page.keyboard.press("Enter")
    expect(desk.lines.last).to_contain_text("abc", timeout=20_000)
    expect(typing).to_be_empty(timeout=1_000)

    desk.page.locator("#words").press_sequentially("x")
    words = word("typing", pair.language).replace("%name", "Zoe")
    expect(visitor.find(".typing-words")).to_have_text(words, timeout=10_000)
    expect(visitor.find(".typing-words")).to_be_empty(timeout=10_000)
    expect(visitor.find(".dots")).to_be_hidden()


def test_a_message_to_a_counsellor_promises_no_answer_of_the_bot(pair: Pair) -> None:
    expect(pair.visitor.find(".standing.talking")).to_be_visible(timeout=ANSWER_MILLISECONDS)

    pair.visitor.say("hello")

    expect(pair.desk.lines.last).to_contain_text("hello", timeout=20_000)
    expect(pair.visitor.find(".dots")).to_be_hidden()


def test_both_see_what_the_other_has_seen(pair: Pair) -> None:
    desk, visitor = pair.desk, pair.visitor
    visitor.say("first")
    expect(visitor.sent.last.locator(".seen")).to_have_text(word("seen", pair.language), timeout=ANSWER_MILLISECONDS)
    visitor.say("second")
    expect(visitor.sent.last.locator(".seen")).to_be_visible(timeout=ANSWER_MILLISECONDS)
    expect(visitor.find(".seen")).to_have_count(1)

    desk.reply("read me")
    seen = desk.say("seen_at", time="").strip()
    expect(desk.page.locator("#seen")).to_contain_text(seen, timeout=20_000)
    visitor.find(".head-button").last.click()
    desk.reply("and me, later")
    expect(desk.page.locator("#seen")).to_have_text(desk.say("not_seen"), timeout=20_000)
    visitor.open()
    expect(desk.page.locator("#seen")).to_contain_text(seen, timeout=20_000)

    visitor.page.reload()
    visitor.launcher.wait_for(timeout=ANSWER_MILLISECONDS)
    visitor.open()
    expect(visitor.sent.last.locator(".seen")).to_be_visible(timeout=ANSWER_MILLISECONDS)
