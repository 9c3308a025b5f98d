"""What calls a counsellor, and what happens when nobody answers: sound, notifications, the title, away by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from bot.foundation.clock import now
from bot.foundation.languages import LANGUAGES
from bot.store import presence_rows, staff_rows
from bot.store.database import Database, database_url
from bot.store.presence_rows import PresenceRow
from tests.browser.desk_page import DeskPage
from tests.browser.light_door import LightDoor, light_door
from tests.browser.widget_page import ANSWER_MILLISECONDS, PHONE, WidgetPage, new_context

__all__ = ["light_door"]

#: Counts the tones that are played, and keeps the words of notifications.
_LISTEN = """
window.tones = 0; window.notices = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (when) { window.tones += 1; return start.call(this, when); };
const Real = window.Notification;
window.Notification = function (words, more) { window.notices.push(words); return new Real(words, more); };
Object.defineProperty(window.Notification, "permission", { get: () => Real.permission });
window.Notification.requestPermission = () => Real.requestPermission();
"""


@pytest.fixture
def staff(browser: Browser) -> Iterator[BrowserContext]:
    """A counsellor's browser that listens."""
    context = new_context(browser)
    context.add_init_script(_LISTEN)
    yield context
    context.close()


def asks_for_a_person(browser: Browser, door: LightDoor, language: str) -> WidgetPage:
    """A visitor who waits."""
    visitor = WidgetPage(new_context(browser), door, language).open()
    visitor.menu("human", language)
    expect(visitor.find(".standing")).to_be_visible(timeout=ANSWER_MILLISECONDS)
    return visitor


def until(desk: DeskPage, holds: str, seconds: float = 20) -> None:
    """Wait until an expression holds on the page, whose policy forbids to wait in it."""
    deadline = time.monotonic() + seconds
    while not desk.page.evaluate(holds):
        assert time.monotonic() < deadline, f"waited in vain for {holds}"
        desk.page.wait_for_timeout(100)


def take_and_end(desk: DeskPage, visitor: WidgetPage) -> None:
    """Leave nobody behind."""
    desk.page.goto(desk.address)
    desk.waiting.get_by_role("button", name=desk.say("claim")).first.click()
    expect(desk.page.locator("#reply")).to_be_visible(timeout=20_000)
    desk.page.select_option("#outcome", "other")
    desk.page.click("#close")
    expect(desk.page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=20_000)
    visitor.page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_calls_until_the_counsellor_wants_it_and_then_it_does(
    browser: Browser, light_door: LightDoor, staff: BrowserContext, language: str
) -> None:
    desk = DeskPage(staff, light_door.settings, language, "zoe").sign_in().come()
    sound, notice = desk.page.locator("#signal-sound"), desk.page.locator("#signal-notice")
    for switch in (sound, notice):
        expect(switch).to_have_attribute("aria-checked", "false")
    first = asks_for_a_person(browser, light_door, language)
    expect(desk.waiting).to_have_count(1, timeout=20_000)
    expect(desk.page).to_have_title(f"(1) {desk.say('inbox')} – {desk.say('title')}", timeout=20_000)
    assert desk.page.evaluate("[tones, notices.length]") == [0, 0]
    take_and_end(desk, first)

    notice.click()
    expect(desk.page.locator("#signal-problem")).to_have_text(desk.say("signal_denied"))
    expect(notice).to_have_attribute("aria-checked", "false")
    staff.grant_permissions(["notifications"])
    notice.click()
    sound.click()
    for switch in (sound, notice):
        expect(switch).to_have_attribute("aria-checked", "true")
    until(desk, "tones === 2")
    second = asks_for_a_person(browser, light_door, language)
    until(desk, "tones === 4")
    assert desk.page.evaluate("notices") == [desk.say("someone_waits")]

    desk.page.reload()
    for switch in (sound, notice):
        expect(switch).to_have_attribute("aria-checked", "true")
    desk.page.wait_for_timeout(1500)
    assert desk.page.evaluate("[tones, notices.length]") == [0, 0], "who was there before is no news"
    take_and_end(desk, second)
    sound.click()
    expect(sound).to_have_attribute("aria-checked", "false")
    desk.leave()
    assert desk.faults == []


def test_a_message_of_the_talk_that_is_read_calls_nobody_and_one_of_another_does(
    browser: Browser, light_door: LightDoor, staff: BrowserContext
) -> None:
    staff.grant_permissions(["notifications"])
    desk = DeskPage(staff, light_door.settings, "en", "zoe").sign_in().come()
    desk.page.click("#signal-notice")
    visitor = asks_for_a_person(browser, light_door, "en")
    expect(desk.waiting).to_have_count(1, timeout=20_000)
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    expect(desk.page.locator("#reply")).to_be_visible(timeout=20_000)
    desk.page.evaluate("notices.length = 0")

    visitor.say("while it is read")
    expect(desk.lines.last).to_contain_text("while it is read", timeout=20_000)
    desk.page.wait_for_timeout(1500)
    assert desk.page.evaluate("notices") == []
    desk.page.fill("#words", "half a reply")
    for key in ("away", "present"):
        desk.page.click("#presence-button")
        expect(desk.page.locator("#presence .tag")).to_have_text(desk.say(key), timeout=20_000)
    expect(desk.page.locator("#words")).to_have_value("half a reply")
    desk.page.goto(f"{desk.address}account")
    desk.page.wait_for_timeout(1500)
    visitor.say("elsewhere")
    until(desk, "notices.length === 1")

    assert desk.page.evaluate("notices") == [desk.say("new_message")]
    desk.page.goto(desk.address)
    desk.page.locator("#mine a.button").click()
    desk.page.select_option("#outcome", "other")
    desk.page.click("#close")
    desk.leave()
    assert desk.faults == []
    visitor.page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_does_nothing_is_away_is_told_so_and_comes_back_with_one_click(
    browser: Browser, light_door: LightDoor, language: str
) -> None:
    context = new_context(browser, PHONE)
    desk = DeskPage(context, light_door.settings, language, "zoe").sign_in().come()
    desk.page.goto(f"{desk.address}callbacks")
    expect(desk.page.locator("#idle")).to_be_empty()
    _did_nothing_for(light_door, "zoe", timedelta(minutes=16))

    expect(desk.page.locator("#presence .tag")).to_have_text(desk.say("away"), timeout=30_000)
    expect(desk.page.locator("#idle")).to_contain_text(desk.say("idle", time="%").split("%")[1])
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.page.click("#back-button")

    expect(desk.page.locator("#presence .tag")).to_have_text(desk.say("present"), timeout=20_000)
    expect(desk.page.locator("#idle .notice")).to_have_count(0)
    assert desk.page.url == f"{desk.address}callbacks"
    desk.leave()
    assert desk.faults == []
    context.close()


def test_the_pointer_is_a_sign_of_life(browser: Browser, light_door: LightDoor) -> None:
    context = new_context(browser)
    desk = DeskPage(context, light_door.settings, "en", "zoe").sign_in().come()
    _did_nothing_for(light_door, "zoe", timedelta(minutes=10))
    desk.page.evaluate("() => { const real = Date.now; Date.now = () => real() + 120000; }")

    with desk.page.expect_response("**/desk/active"):
        desk.page.mouse.move(20, 30)

    assert now() - _row_of(light_door, "zoe").active_at < timedelta(minutes=1)  # type: ignore[operator]
    desk.leave()
    context.close()


def _row_of(door: LightDoor, name: str) -> PresenceRow:
    database = Database(database_url(door.settings))
    with database.reading() as connection:
        account = staff_rows.by_name(connection, name)
        row = presence_rows.find(connection, account.id) if account else None
    database.close()
    assert row is not None
    return row


def _did_nothing_for(door: LightDoor, name: str, so_long: timedelta) -> None:
    """As if so much time had passed since the counsellor's last act."""
    row = _row_of(door, name)
    database = Database(database_url(door.settings))
    with database.writing() as connection:
        presence_rows.put(connection, PresenceRow(**{**row.__dict__, "active_at": now() - so_long}))
    database.close()
