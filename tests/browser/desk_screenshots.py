"""Takes the pictures docs/screenshots/desk-* and handoff-* from a running bot where nobody of the staff is there:
`python -m tests.browser.desk_screenshots`."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER, Settings, read_settings
from tests.browser.conftest import ARGUMENTS
from tests.browser.desk_page import DeskPage
from tests.browser.test_desk import NOT_UNDERSTOOD, PERSON
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, DESKTOP, PHONE, WidgetPage, text

FOLDER = PROJECT_FOLDER / "docs" / "screenshots"
_LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "device_scale_factor": 1.5, "has_touch": True},
}
_HELLO = {
    "fr": "Bonjour, je suis là pour vous. Que voulez-vous savoir ?",
    "nl": "Dag, ik ben er voor je. Wat wil je graag weten?",
    "en": "Hello, I am here for you. What would you like to know?",
}
_OWN = {"fr": "Français", "nl": "Nederlands", "en": "English"}
_COLOURS = 256


@dataclass(frozen=True)
class _Door:
    """A bot that runs already."""

    settings: Settings


@dataclass(frozen=True)
class _Tour:
    """One language on one kind of screen."""

    browser: Browser
    settings: Settings
    folder: Path
    language: str
    look: str

    def context(self) -> BrowserContext:
        """An empty browser."""
        return self.browser.new_context(**_LOOKS[self.look])

    def visitor(self) -> WidgetPage:
        """Somebody new, with the chat open."""
        return WidgetPage(self.context(), _Door(self.settings), self.language).open()

    def shoot(self, page: Page, name: str) -> None:
        """One picture; `name` begins with desk or handoff."""
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        small = picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        part, _, state = name.partition("-")
        small.save(self.folder / f"{part}-{self.language}-{self.look}-{state}.png", optimize=True)


def take(settings: Settings, folder: Path) -> None:
    """Every screen of the desk and every state of the hand-off; in all languages, on a desktop and on a phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for language in LANGUAGES:
            for look in _LOOKS:
                tour = _Tour(browser, settings, folder, language, look)
                _callback(tour)
                _talk(tour)
                _administration(tour)
        browser.close()


def _callback(tour: _Tour) -> None:
    """Nobody is there: the form, and the callback at the desk."""
    visitor = tour.visitor()
    _press(visitor, lambda: visitor.menu("human", tour.language))
    tour.shoot(visitor.page, "handoff-nobody")
    _press(visitor, lambda: visitor.press(text("callback_button_start", tour.language)))
    _press(visitor, lambda: visitor.say("Ada Lovelace"))
    tour.shoot(visitor.page, "handoff-form")
    _press(visitor, lambda: visitor.press(text("callback_way_telephone", tour.language)))
    _press(visitor, lambda: visitor.say("+33 6 12 34 56 78"))
    _press(visitor, lambda: visitor.press(text("callback_when_morning", tour.language)))
    _press(visitor, lambda: visitor.say(QUESTION[tour.language].rstrip(" ?") + "."))
    _press(visitor, lambda: visitor.press(_OWN[tour.language]))
    tour.shoot(visitor.page, "handoff-summary")
    _press(visitor, lambda: visitor.press(text("callback_button_send", tour.language)))
    tour.shoot(visitor.page, "handoff-confirmed")
    visitor.page.context.close()


def _talk(tour: _Tour) -> None:
    """From sign-in over the queue and the conversation to its end."""
    desk = DeskPage(tour.context(), tour.settings, tour.language, "zoe")
    tour.shoot(desk.page, "desk-sign-in")
    desk.sign_in()
    tour.shoot(desk.page, "desk-away")
    desk.come()
    visitor = tour.visitor()
    _press(visitor, lambda: visitor.say(QUESTION[tour.language]))
    for words in NOT_UNDERSTOOD[tour.language]:
        _press(visitor, lambda: visitor.say(words))  # noqa: B023
    _press(visitor, lambda: visitor.press(PERSON[tour.language]))
    tour.shoot(visitor.page, "handoff-queue")
    expect(desk.waiting).to_have_count(1, timeout=ANSWER_MILLISECONDS)
    tour.shoot(desk.page, "desk-inbox")
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    desk.reply(_HELLO[tour.language])
    expect(visitor.find(".answer.person")).to_have_count(1, timeout=ANSWER_MILLISECONDS)
    tour.shoot(visitor.page, "handoff-person")
    tour.shoot(desk.page, "desk-talk")
    desk.page.locator("#words").press_sequentially("/")
    tour.shoot(desk.page, "desk-talk-ready-made")
    desk.page.fill("#words", "")
    desk.page.locator("#suggestions-title").scroll_into_view_if_needed()
    tour.shoot(desk.page, "desk-talk-answers")
    desk.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    tour.shoot(desk.page, "desk-talk-tools")
    desk.page.select_option("#outcome", "answered")
    desk.page.click("#close")
    expect(desk.page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=ANSWER_MILLISECONDS)
    tour.shoot(desk.page, "desk-closed")
    expect(visitor.find(".chip").get_by_text(text("handoff_score_5", tour.language), exact=True)).to_be_visible(
        timeout=ANSWER_MILLISECONDS
    )
    tour.shoot(visitor.page, "handoff-score")
    for name in ("callbacks", "ended", "account"):
        desk.page.goto(f"{desk.address}{name}")
        tour.shoot(desk.page, f"desk-{name}")
    desk.page.goto(f"{desk.address}callbacks")
    desk.page.locator("[aria-labelledby=to-do] a[id^=callback-]").last.click()
    tour.shoot(desk.page, "desk-callback")
    desk.leave()
    desk.page.context.close()
    visitor.page.context.close()


def _administration(tour: _Tour) -> None:
    """What administrators and editors see besides."""
    desk = DeskPage(tour.context(), tour.settings, tour.language, "ann", "administrator").sign_in()
    for name in ("staff", "sign-ins", "hours", "proposals"):
        desk.page.goto(f"{desk.address}{name}")
        tour.shoot(desk.page, f"desk-{name}")
    desk.page.goto(f"{desk.address}staff")
    desk.page.locator("main a[href*='/desk/staff/']").first.click()
    tour.shoot(desk.page, "desk-staff-member")
    desk.page.goto(f"{desk.address}nothing")
    tour.shoot(desk.page, "desk-message")
    desk.page.context.close()


def _press(visitor: WidgetPage, act: Any) -> None:
    """Do it, and wait for the answer."""
    before = visitor.answers.count()
    act()
    expect(visitor.answers).to_have_count(before + 1, timeout=ANSWER_MILLISECONDS)


if __name__ == "__main__":
    take(read_settings(), FOLDER)
