"""Takes the pictures docs/screenshots/activities-* from a running bot.

`python -m tests.browser.activities_screenshots [ADDRESS]`
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_activities import DIALOGUE
from tests.browser.widget_page import ANSWER_MILLISECONDS, DESKTOP, PHONE

FOLDER = PROJECT_FOLDER / "docs" / "screenshots"
#: Nothing in the sample agenda fits this.
NOTHING = {
    "fr": "un atelier CV en anglais samedi matin, sur place",
    "nl": "een cv-workshop in het Engels zaterdagvoormiddag, ter plaatse",
    "en": "a CV workshop in Dutch on Saturday morning, on site",
}
_SETTLED_MILLISECONDS = 400
#: Few colours are on our pages; a palette makes a picture a third as large and looks the same.
_COLOURS = 256
_LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "device_scale_factor": 1.5, "has_touch": True},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}


def take(address: str, folder: Path) -> None:
    """The dialogue and the page in all languages, on a desktop, on a phone and in the dark."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        for language in LANGUAGES:
            for look, options in _LOOKS.items():
                _chat(browser, address, folder / f"activities-{language}-{look}", language, options)
                _page(browser, address, folder / f"activities-{language}-{look}", language, options)
        browser.close()


def _chat(browser: Browser, address: str, name: Path, language: str, options: dict[str, Any]) -> None:
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{address}/?lang={language}")
    page.locator("faq-bot .launcher").click(timeout=ANSWER_MILLISECONDS)
    request, in_language, online, second = DIALOGUE[language]
    said = {
        "list": request,
        "in-language": in_language,
        "online": online,
        "one": second,
        "nothing": NOTHING[language],
    }
    for count, (state, words) in enumerate(said.items(), 2):
        page.locator("faq-bot #box").fill(words)
        page.keyboard.press("Enter")
        page.locator("faq-bot .answer").nth(count - 1).wait_for(timeout=ANSWER_MILLISECONDS)
        if state in ("list", "one", "nothing"):
            _shoot(page, name, state)
    context.close()


def _page(browser: Browser, address: str, name: Path, language: str, options: dict[str, Any]) -> None:
    context = browser.new_context(**options, locale="en-GB" if language == "en" else f"{language}-BE")
    page = context.new_page()
    page.goto(f"{address}/activities?language={language}&mode=online&in={language}")
    _shoot(page, name, "page")
    page.locator("#list").evaluate("list => list.scrollIntoView()")
    _shoot(page, name, "page-list")
    context.close()


def _shoot(page: Page, name: Path, state: str) -> None:
    page.wait_for_timeout(_SETTLED_MILLISECONDS)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    small = picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(name.with_name(f"{name.name}-{state}.png"), optimize=True)


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else read_settings().door.local_url, FOLDER)
