"""Takes the pictures docs/screenshots/messenger-* from a running demo (`make messenger-demo`).

`python -m tests.browser.messenger_screenshots [ADDRESS]`
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_activities import DIALOGUE
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import DESKTOP, PHONE

FOLDER = PROJECT_FOLDER / "docs" / "screenshots"
ADDRESS = "http://127.0.0.1:8090"
LOCALES = {"fr": "fr_FR", "nl": "nl_BE", "en": "en_GB"}
_STAFF = {
    "fr": "Bonjour, ici Zoé de l'équipe. Je regarde avec vous.",
    "nl": "Dag, hier Zoé van het team. Ik kijk even mee.",
    "en": "Hello, this is Zoé from the team. Let me have a look with you.",
}
_ANSWER_MILLISECONDS, _SETTLED_MILLISECONDS = 60_000, 500
#: Few colours are on our pages; a palette makes a picture a third as large and looks the same.
_COLOURS = 256
_LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "device_scale_factor": 1.5, "has_touch": True},
}


def take(address: str, folder: Path) -> None:
    """Start screen, greeting, answer, activities, menu, page inbox; in all languages, on a desktop and on a phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for language in LANGUAGES:
            for look, options in _LOOKS.items():
                _tour(browser, address, folder / f"messenger-{language}-{look}", language, options)
        browser.close()


def _tour(browser: Browser, address: str, name: Path, language: str, options: dict[str, Any]) -> None:
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{address}/?locale={LOCALES[language]}")
    first = page.locator("#start:visible, .breaker:visible").first
    first.wait_for(timeout=_ANSWER_MILLISECONDS)
    _shoot(page, name, "start")
    first.click()
    _wait_for_answer(page, 1)
    _shoot(page, name, "greeting")
    _say(page, QUESTION[language])
    _shoot(page, name, "answer")
    _say(page, DIALOGUE[language][0])
    page.locator(".carousel").last.scroll_into_view_if_needed()
    _shoot(page, name, "activities")
    if page.locator("#menu-button").is_visible():
        page.click("#menu-button")
        _shoot(page, name, "menu")
        page.click("#menu-button")
    if page.locator("#show-inbox").is_visible():
        page.click("#show-inbox")
    page.fill("#staff-words", _STAFF[language])
    page.locator("#staff-form button[type=submit]").click()
    expect(page.locator(".row-of[data-author=staff]")).to_have_count(1, timeout=_ANSWER_MILLISECONDS)
    _shoot(page, name, "inbox")
    context.close()


def _say(page: Page, words: str) -> None:
    answers = page.locator(".row-of[data-author=app]").count()
    page.fill("#box", words)
    page.keyboard.press("Enter")
    _wait_for_answer(page, answers + 1)


def _wait_for_answer(page: Page, count: int) -> None:
    """The buttons come with the last piece of an answer."""
    page.locator(".row-of[data-author=app]").nth(count - 1).wait_for(timeout=_ANSWER_MILLISECONDS)
    page.locator(".reply").first.wait_for(timeout=_ANSWER_MILLISECONDS)


def _shoot(page: Page, name: Path, state: str) -> None:
    page.wait_for_timeout(_SETTLED_MILLISECONDS)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    small = picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(name.with_name(f"{name.name}-{state}.png"), optimize=True)


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else ADDRESS, FOLDER)
