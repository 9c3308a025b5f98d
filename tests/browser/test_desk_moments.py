"""Wrong moments at the desk, in real browsers: two claim at once, the session ends in the middle of a reply, there
is no connection, the visitor reloads and erases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.services.staff.sessions import Sessions
from bot.store.database import Database, database_url
from tests.browser.desk_page import PASSWORD, DeskPage
from tests.browser.widget_page import ANSWER_MILLISECONDS, WidgetPage, new_context
from tests.processes.running_bot import RunningBot

_REPLY = "A long reply </textarea><script>alert(1)</script>\nin two lines"


class Scene:
    """A visitor who waits, and two counsellors who both see them."""

    def __init__(self, browser: Browser, door: RunningBot) -> None:
        self.door = door
        self.contexts = [new_context(browser) for _ in range(3)]
        self.zoe = DeskPage(self.contexts[0], door.settings, "nl", "zoe").sign_in().come()
        self.jan = DeskPage(self.contexts[1], door.settings, "fr", "jan").sign_in()
        self.visitor = WidgetPage(self.contexts[2], door, "nl").open()
        self.visitor.menu("human", "nl")
        for desk in (self.zoe, self.jan):
            expect(desk.waiting).to_have_count(1, timeout=20_000)

    def close(self) -> None:
        """Both go home."""
        self.zoe.leave()
        assert self.zoe.faults == self.jan.faults == self.visitor.faults == []
        for context in self.contexts:
            context.close()


@pytest.fixture
def scene(browser: Browser, door: RunningBot) -> Iterator[Scene]:
    opened = Scene(browser, door)
    yield opened
    opened.close()


def test_two_claim_at_once_the_session_ends_and_the_visitor_reloads_and_erases(scene: Scene) -> None:
    zoe, jan, visitor = scene.zoe, scene.jan, scene.visitor

    _both_claim(zoe, jan)
    _session_ends_in_the_middle(scene, zoe, visitor)
    _no_connection(zoe, visitor)

    visitor.page.reload()
    visitor.open()
    expect(visitor.find(".answer.person")).to_have_count(2, timeout=ANSWER_MILLISECONDS)
    zoe.reply("after the reload")
    expect(visitor.find(".answer.person").last).to_contain_text("after the reload", timeout=ANSWER_MILLISECONDS)

    zoe.page.fill("#words", "words to nobody")
    visitor.menu("erase", "nl")
    visitor.find(".confirm-dialog .danger").click()
    expect(visitor.sent).to_have_count(0)
    zoe.page.keyboard.press("Control+Enter")
    expect(zoe.page.get_by_text(zoe.say("message_talk_gone_more"))).to_be_visible(timeout=20_000)


def _both_claim(zoe: DeskPage, jan: DeskPage) -> None:
    """The buttons are pressed before either page has heard of the other."""
    for desk in (zoe, jan):
        desk.page.evaluate("window.stop(); document.body.dataset.news = '/desk/nothing'")
    button = zoe.waiting.get_by_role("button", name=zoe.say("claim"))
    button.click()
    expect(zoe.page.locator("#reply")).to_be_visible(timeout=20_000)
    jan.waiting.get_by_role("button", name=jan.say("claim")).click()
    expect(jan.page.get_by_text(jan.say("notice_taken", name="Zoe"))).to_be_visible(timeout=20_000)
    assert jan.page.locator("#reply").count() == 0


def _session_ends_in_the_middle(scene: Scene, zoe: DeskPage, visitor: WidgetPage) -> None:
    zoe.page.fill("#words", _REPLY)
    (cookie,) = (one for one in scene.contexts[0].cookies() if one.get("name") == "faqbot_desk")
    database = Database(database_url(scene.door.settings))
    Sessions(database).end(str(cookie.get("value")))
    database.close()

    zoe.page.keyboard.press("Control+Enter")
    expect(zoe.page.get_by_text(zoe.say("words_kept"))).to_be_visible(timeout=20_000)
    zoe.page.fill("#name", zoe.name)
    zoe.page.fill("#password", PASSWORD)
    zoe.page.keyboard.press("Enter")

    expect(zoe.page.locator("#words")).to_have_value(_REPLY, timeout=20_000)
    assert visitor.find(".answer.person").count() == 0, "nothing was sent by itself"
    zoe.reply(_REPLY)
    expect(visitor.find(".answer.person")).to_contain_text("in two lines", timeout=ANSWER_MILLISECONDS)


def _no_connection(zoe: DeskPage, visitor: WidgetPage) -> None:
    """The reply arrives, and the counsellor's browser does not hear so: sent again, it is said once."""

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    zoe.page.route("**/say", lose)
    zoe.page.fill("#words", "only once")
    zoe.page.keyboard.press("Control+Enter")
    expect(zoe.lines.filter(has_text="only once")).to_have_count(1, timeout=20_000)
    expect(zoe.page.locator("#words")).to_have_value("only once")
    expect(visitor.find(".answer.person", has_text="only once")).to_have_count(1, timeout=ANSWER_MILLISECONDS)
    zoe.page.unroute("**/say")

    zoe.page.keyboard.press("Control+Enter")
    expect(zoe.page.locator("#words")).to_have_value("", timeout=20_000)
    visitor.page.wait_for_timeout(500)
    expect(visitor.find(".answer.person", has_text="only once")).to_have_count(1)
    expect(zoe.lines.filter(has_text="only once")).to_have_count(1)
