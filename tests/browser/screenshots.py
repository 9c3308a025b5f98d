"""Takes the pictures of docs/screenshots from a running bot: `python -m tests.browser.screenshots [ADDRESS]`.

The greeting's emoji needs a font, as in Debian's fonts-noto-color-emoji.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, sync_playwright

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, DESKTOP, PHONE

FOLDER = PROJECT_FOLDER / "docs" / "screenshots"
#: One word on which several topics bear.
_UNCLEAR = {"fr": "travail", "nl": "diploma", "en": "certificate"}
_SETTLED_MILLISECONDS = 400
#: Few colours are on our pages; a palette makes a picture a third as large and looks the same.
_COLOURS = 256


def take(address: str, folder: Path) -> None:
    """All states in all languages, on a desktop and on a phone, by day and in the dark."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for language in LANGUAGES:
            for look, options in _looks().items():
                visit = _Visit(browser, address, folder, f"{language}-{look}", language, options)
                visit.begin(look)
                if look != "dark":
                    visit.go_on()
                visit.end()
        browser.close()


def _looks() -> dict[str, dict[str, Any]]:
    return {
        "desktop": {"viewport": DESKTOP},
        "phone": {"viewport": PHONE, "device_scale_factor": 1.5, "has_touch": True},
        "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    }


class _Visit:
    """One visitor, whose screen is pictured on the way."""

    def __init__(
        self, browser: Browser, address: str, folder: Path, name: str, language: str, options: dict[str, Any]
    ) -> None:
        self._folder, self._name, self._language = folder, name, language
        self._context = browser.new_context(**options)
        self._page = self._context.new_page()
        self._page.goto(f"{address}/?lang={language}")
        self._find(".launcher").wait_for(timeout=ANSWER_MILLISECONDS)

    def begin(self, look: str) -> None:
        """Closed, greeting, answer."""
        if look == "desktop":
            self._shoot("closed")
        self._find(".launcher").click()
        self._shoot("greeting")
        self._say(QUESTION[self._language], 2)
        self._shoot("answer")

    def go_on(self) -> None:
        """Comment, buttons to choose from, menu, question before erasing, too long a text, no network."""
        self._find(".answer").last.locator(".thumb").last.click()
        self._shoot("rating")
        self._find(".comment .link-button").click()
        self._say(_UNCLEAR[self._language], 3)
        assert not self._find(".answer").last.locator(".thumb").count(), "clear after all: take another word"
        self._shoot("clarify")
        self._find(".menu-place > button").click()
        self._shoot("menu")
        self._find("[role=menuitem]").nth(3).click()
        self._shoot("erase")
        self._page.keyboard.press("Escape")
        self._find("#box").fill(f"{QUESTION[self._language]} " * 60)
        self._shoot("too-long")
        self._find("#box").fill("")
        self._context.set_offline(True)
        self._say(QUESTION[self._language], 3)
        self._shoot("offline")

    def end(self) -> None:
        """Close the browser of this visitor."""
        self._context.close()

    def _find(self, selector: str) -> Locator:
        return self._page.locator(f"faq-bot {selector}")

    def _say(self, text: str, answers: int) -> None:
        self._find("#box").fill(text)
        self._page.keyboard.press("Enter")
        self._find(".answer").nth(answers - 1).wait_for(timeout=ANSWER_MILLISECONDS)

    def _shoot(self, state: str) -> None:
        self._page.wait_for_timeout(_SETTLED_MILLISECONDS)
        picture = Image.open(BytesIO(self._page.screenshot())).convert("RGB")
        small = picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small.save(self._folder / f"{self._name}-{state}.png", optimize=True)


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else read_settings().door.local_url, FOLDER)
