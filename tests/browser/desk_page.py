"""The desk as a counsellor handles it in a browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from bot.foundation.settings import PROJECT_FOLDER, Settings
from bot.services.content.draft import read_draft
from bot.services.staff.accounts import Accounts
from bot.store.database import Database, database_url

PASSWORD = "seven grey herons"
_TEXTS = read_draft(PROJECT_FOLDER / "data").texts
_MOST_TABS = 150
_FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  const isNone = one === document.body;  // after the last one, before the first
  const marked = isNone || (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2);
  const isOut = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  const inSight = isNone || !isOut;
  return { what: one.outerHTML.slice(0, 120), marked, inSight };
}"""


class DeskPage:
    """One tab of one counsellor. `faults` collects errors of scripts and what the policy of the page forbade."""

    def __init__(
        self, context: BrowserContext, settings: Settings, language: str, name: str, role: str = "counsellor"
    ) -> None:
        self.page: Page = context.new_page()
        self.language, self.name = language, name
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if "Content Security" in said.text else None
        )
        self.address = f"{settings.door.local_url}/desk/"
        _account(settings, name, role)
        self.page.goto(f"{self.address}sign-in?lang={language}")

    def say(self, key: str, **names: object) -> str:
        """A text of the desk."""
        text = _TEXTS[f"desk_{key}"][self.language]
        for name, value in names.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def sign_in(self) -> DeskPage:
        """Name, password, and there."""
        self.page.fill("#name", self.name)
        self.page.fill("#password", PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#presence")).to_be_visible(timeout=20_000)
        return self

    def come(self) -> DeskPage:
        """Be there for visitors."""
        if self.page.locator("#presence .tag").inner_text() == self.say("away"):
            self.page.click("#presence-button")
        expect(self.page.locator("#presence .tag")).to_have_text(self.say("present"), timeout=20_000)
        return self

    def leave(self) -> None:
        """Be there no more."""
        self.page.goto(self.address)
        self.page.click("#presence-button")
        expect(self.page.locator("#presence .tag")).to_have_text(self.say("away"), timeout=20_000)

    def look(self, name: str) -> None:
        """Nothing on this page is too wide, and no rule of axe-core is broken."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
        found = Axe().run(self.page).response["violations"]
        broken = [f"{name}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]
        assert not broken, broken

    def tab_to(self, selector: str) -> Locator:
        """Go there with the tabulator key alone; whatever has the focus on the way is marked and in sight."""
        wanted = self.page.locator(selector)
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            seen = self.page.evaluate(_FOCUS)
            assert seen["marked"], f"nothing shows that {seen['what']} has the focus"
            assert seen["inSight"], f"{seen['what']} has the focus and is out of sight"
            if wanted.evaluate("one => one === document.activeElement"):
                return wanted
        raise AssertionError(f"no way to {selector} by keyboard")

    @property
    def waiting(self) -> Locator:
        """Those who wait."""
        return self.page.locator("#waiting li")

    @property
    def lines(self) -> Locator:
        """The messages of the conversation."""
        return self.page.locator("#log .line")

    def reply(self, words: str) -> None:
        """Type, and send with the keyboard."""
        before = self.page.locator("#log .line.counsellor").count()
        self.page.fill("#words", words)
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator("#log .line.counsellor")).to_have_count(before + 1, timeout=20_000)
        expect(self.page.locator("#words")).to_have_value("")


def _account(settings: Settings, name: str, role: str) -> None:
    database = Database(database_url(settings))
    try:
        accounts = Accounts(database)
        if name not in [one.name for one in accounts.list()]:
            accounts.accept(accounts.add(name, role, ("fr", "nl", "en"), name.title()), PASSWORD, "127.0.0.1")
    finally:
        database.close()
