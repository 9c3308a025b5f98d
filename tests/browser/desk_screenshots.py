"""Takes the pictures docs/screenshots/desk-* from a running bot: `python -m tests.browser.desk_screenshots`."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER, Settings, read_settings
from tests.browser.conftest import ARGUMENTS
from tests.browser.desk_page import DeskPage
from tests.browser.test_desk import NOT_UNDERSTOOD, PERSON
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, DESKTOP, PHONE, WidgetPage

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
_COLOURS = 256


@dataclass(frozen=True)
class _Door:
    """A bot that runs already."""

    settings: Settings


def take(settings: Settings, folder: Path) -> None:
    """Sign-in, inbox, conversation, callbacks; in all languages, on a desktop and on a phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for language in LANGUAGES:
            for look, options in _LOOKS.items():
                _tour(browser, settings, folder, language, look, options)
        browser.close()


def _tour(
    browser: Browser, settings: Settings, folder: Path, language: str, look: str, options: dict[str, Any]
) -> None:
    staff, people = browser.new_context(**options), browser.new_context()
    desk = DeskPage(staff, settings, language, "zoe")

    def shoot(state: str) -> None:
        _shoot(desk.page, folder / f"desk-{language}-{look}-{state}.png")

    shoot("sign-in")
    desk.sign_in().come()
    visitor = WidgetPage(people, _Door(settings), language).open()  # type: ignore[arg-type]
    visitor.say(QUESTION[language])
    visitor.expect_answers(1)
    for count, words in enumerate(NOT_UNDERSTOOD[language], start=2):
        visitor.say(words)
        visitor.expect_answers(count)
    visitor.find(".chip", has_text=PERSON[language]).last.click()
    expect(desk.waiting).to_have_count(1, timeout=ANSWER_MILLISECONDS)
    shoot("inbox")
    desk.waiting.get_by_role("button", name=desk.say("claim")).click()
    desk.reply(_HELLO[language])
    shoot("talk")
    desk.page.select_option("#outcome", "answered")
    desk.page.click("#close")
    expect(desk.page.get_by_text(desk.say("done_closed"))).to_be_visible(timeout=ANSWER_MILLISECONDS)
    shoot("closed")
    desk.leave()
    staff.close()
    people.close()


def _shoot(page: Page, path: Path) -> None:
    page.wait_for_timeout(400)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    small = picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    take(read_settings(), FOLDER)
