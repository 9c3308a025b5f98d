"""Takes the pictures of docs/screenshots from a running bot: `python -m tests.browser.screenshots [ADDRESS]`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import DESKTOP, PHONE

FOLDER = PROJECT_FOLDER / "docs" / "screenshots"
_UNCLEAR = {"fr": "attestation", "nl": "attest", "en": "certificate"}
_SETTLED_MILLISECONDS = 400
_ANSWER_MILLISECONDS = 20_000


def take(address: str, folder: Path) -> None:
    """All states in all languages, on a desktop and on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for language in LANGUAGES:
            _take(browser, address, folder, language, "desktop", viewport=DESKTOP)
            _take(browser, address, folder, language, "phone", viewport=PHONE, device_scale_factor=1.5)
            _take(browser, address, folder, language, "dark", viewport=DESKTOP, color_scheme="dark")
        browser.close()


def _take(browser: Browser, address: str, folder: Path, language: str, look: str, **options: Any) -> None:
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{address}/?lang={language}")
    launcher = page.locator("faq-bot .launcher")
    launcher.wait_for(timeout=_ANSWER_MILLISECONDS)

    def shot(state: str) -> None:
        page.wait_for_timeout(_SETTLED_MILLISECONDS)
        page.screenshot(path=folder / f"{language}-{look}-{state}.png")

    if look == "desktop":
        shot("closed")
    launcher.click()
    shot("greeting")
    _say(page, QUESTION[language], 2)
    shot("answer")
    if look != "dark":
        page.locator("faq-bot .answer").last.locator(".thumb").last.click()
        shot("rating")
        page.locator("faq-bot .comment button").last.click()
        _say(page, _UNCLEAR[language], 3)
        shot("clarify")
        page.locator("faq-bot .menu-place > button").click()
        shot("menu")
        page.keyboard.press("Escape")
        context.set_offline(True)
        shot("offline")
    context.close()


def _say(page: Page, text: str, answers: int) -> None:
    page.locator("faq-bot textarea#box").fill(text)
    page.keyboard.press("Enter")
    page.locator("faq-bot .answer").nth(answers - 1).wait_for(timeout=_ANSWER_MILLISECONDS)


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else read_settings().door.local_url, FOLDER)
