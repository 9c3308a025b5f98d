"""The widget as a visitor handles it: open, say, choose, wait for answers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

import jwt
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bot.foundation.kept_secrets import read_token_secret
from bot.foundation.settings import PROJECT_FOLDER, Settings
from bot.gateway.web_chat.tokens import Tokens
from bot.services.content.draft import read_draft

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 640}
ANSWER_MILLISECONDS = 20_000
_TEXTS = read_draft(PROJECT_FOLDER / "data").texts


class Visited(Protocol):
    """What browsers can visit: the whole bot, or its door alone."""

    @property
    def settings(self) -> Settings:
        """Where it answers, among others."""


class WidgetPage:
    """One tab on the demo page. `faults` collects errors of scripts."""

    def __init__(self, context: BrowserContext, door: Visited, language: str) -> None:
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self._address = f"{door.settings.door.local_url}/?lang={language}"
        self.page.goto(self._address)
        self.launcher.wait_for(timeout=ANSWER_MILLISECONDS)

    def find(self, selector: str, has_text: str | None = None) -> Locator:
        """Elements inside the widget."""
        return self.page.locator(f"faq-bot {selector}", has_text=has_text)

    @property
    def launcher(self) -> Locator:
        return self.find(".launcher")

    @property
    def answers(self) -> Locator:
        """Messages of the bot, the greeting among them."""
        return self.find(".answer")

    @property
    def sent(self) -> Locator:
        """Messages of the visitor."""
        return self.find(".visitor")

    def open(self) -> WidgetPage:
        """Click the launcher."""
        self.launcher.click()
        expect(self.find(".panel")).to_be_visible()
        return self

    def say(self, text: str) -> None:
        """Type and send; waits until it is shown."""
        before = self.sent.count()
        self.find("textarea#box").fill(text)
        self.page.keyboard.press("Enter")
        expect(self.sent).to_have_count(before + 1)

    def press(self, title: str) -> None:
        """The newest button with this title."""
        self.find(".chip").get_by_text(title, exact=True).last.click()

    def expect_answers(self, count: int) -> None:
        """So many answers, the greeting not counted."""
        expect(self.answers).to_have_count(count + 1, timeout=ANSWER_MILLISECONDS)

    def menu(self, key: str, language: str) -> None:
        """Take an entry of the menu."""
        self.find(".menu-place > button").click()
        self.find("[role=menuitem]").filter(has_text=word(key, language)).click()

    def contact_id(self) -> str:
        """Whose conversation this is, from the token that the browser keeps."""
        claims = jwt.decode(self.token(), options={"verify_signature": False})
        return str(claims["sub"])

    def token(self) -> str:
        """What opens the conversation, as the browser keeps it."""
        kept = self.page.evaluate("localStorage.getItem(localStorage.key(0))")
        return str(json.loads(kept)["token"])

    def age_token(self, door: Visited, days: float) -> str:
        """Let the browser keep the token that this conversation was given so many days ago; that token."""
        made = datetime.now(timezone.utc) - timedelta(days=days)
        token = Tokens(read_token_secret(door.settings), 30, now=lambda: made).make(self.contact_id())
        self.keep_token(token)
        return token

    def keep_token(self, token: str) -> None:
        """Put another token in the place of the one that the browser keeps."""
        self.page.evaluate(
            "token => { const key = localStorage.key(0);"
            " localStorage[key] = JSON.stringify(Object.assign(JSON.parse(localStorage[key]), {token})); }",
            token,
        )

    def stored(self) -> Any:
        """How much the page keeps in the browser: storage entries, and cookies."""
        return self.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")


def word(key: str, language: str) -> str:
    """One of the widget's texts."""
    return text(f"widget_{key}", language)


def text(key: str, language: str) -> str:
    """One of the bot's texts."""
    return _TEXTS[key][language]


def new_context(browser: Browser, size: dict[str, int] | None = None, **options: Any) -> BrowserContext:
    """A visitor's browser, empty. Nothing moves unless a test wants it to: drawn without a graphics card, the dots
    that say that somebody types took most of a processor."""
    options = {"reduced_motion": "reduce", **options}
    return browser.new_context(viewport=size or DESKTOP, **options)  # type: ignore[arg-type]
