"""The page that looks like Messenger: start screen, bubbles, quick replies, carousel, typing, seen, page inbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.widget_page import DESKTOP, PHONE, new_context
from tests.graph_double.calling import buttons, element, generic, send
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import PAGE

#: What Facebook itself writes on the button of the start screen.
STARTS = {"fr_FR": "Démarrer", "nl_BE": "Aan de slag", "en_GB": "Get Started"}
SEEN = {"fr_FR": "Vu", "nl_BE": "Gelezen", "en_GB": "Seen"}


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDouble]:
    running = RunningDouble(tmp_path_factory.mktemp("double")).start()
    yield running
    running.stop()


class Demo:
    """The page in a browser, and the page's app as a test plays it."""

    def __init__(self, browser: Browser, double: RunningDouble, locale: str, size: dict[str, int]) -> None:
        self.double = double
        self.context = new_context(browser, size)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(f"{double.url}/?locale={locale}")
        expect(self.page.locator("#page-name")).not_to_be_empty()
        self.psid = double.control("GET", "state")["people"][-1]

    def sends(self, message: Any = None, **fields: Any) -> None:
        """The app says something."""
        answer = send(self.double, self.psid, message, **fields)
        assert answer.status_code == 200, answer.text

    def rows(self, author: str) -> Any:
        return self.page.locator(f".row-of[data-author={author}]")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("locale", STARTS)
def test_a_conversation_looks_and_behaves_like_messenger(
    browser: Browser, double: RunningDouble, locale: str, size: dict[str, int]
) -> None:
    demo = Demo(browser, double, locale, size)
    page = demo.page

    expect(page.locator("#composer")).to_be_hidden()
    page.get_by_role("button", name=STARTS[locale], exact=True).click()
    expect(demo.rows("person")).to_have_count(1)
    demo.sends(sender_action="mark_seen")
    expect(page.locator(".mark")).to_have_text(SEEN[locale])
    demo.sends(sender_action="typing_on")
    expect(page.locator(".dots")).to_be_visible()

    quick = [{"content_type": "text", "title": f"Titel {number}", "payload": f"p{number}"} for number in range(13)]
    demo.sends({"text": "Bonjour https://www.example.org/a.", "quick_replies": quick})
    expect(page.locator(".dots")).to_have_count(0)
    expect(demo.rows("app").locator("a")).to_have_attribute("href", "https://www.example.org/a")
    expect(page.locator(".reply")).to_have_count(13)
    page.locator(".reply").first.click()
    expect(page.locator(".reply")).to_have_count(0)
    expect(demo.rows("person").last).to_contain_text("Titel 0")

    demo.sends(generic(*[element(title=f"Atelier {number}") for number in range(10)]))
    expect(page.locator(".carousel .card")).to_have_count(10)
    assert page.locator(".carousel").evaluate("strip => strip.scrollWidth > strip.clientWidth")
    demo.sends(buttons(2))
    page.locator(".row-of > .card .action").first.click()
    expect(demo.rows("person")).to_have_count(3)

    page.fill("#box", "Merci <b>beaucoup</b>")
    page.keyboard.press("Enter")
    expect(demo.rows("person").last).to_contain_text("Merci <b>beaucoup</b>")
    person = double.control("GET", f"people/{demo.psid}")
    assert person["locale"] == locale
    assert person["seen_until"] >= person["lines"][-3]["at"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert demo.faults == []
    demo.context.close()


def test_staff_answer_from_the_page_inbox(browser: Browser, double: RunningDouble) -> None:
    demo = Demo(browser, double, "nl_BE", DESKTOP)
    page = demo.page
    page.get_by_role("button", name="Aan de slag", exact=True).click()
    page.check("#routing")

    page.fill("#staff-words", "Dag, hier Zoé")
    page.get_by_role("button", name="Antwoorden", exact=True).click()

    expect(demo.rows("staff")).to_have_text("Dag, hier Zoé")
    expect(page.locator("#owner")).to_have_text("Het team heeft het gesprek.")
    page.get_by_role("button", name="Klaar: terug naar de bot").click()
    expect(page.locator("#owner")).to_have_text("De bot heeft het gesprek.")
    double.control("PATCH", f"pages/{PAGE}", routing=False)
    assert demo.faults == []
    demo.context.close()


def test_greeting_questions_and_menu_follow_the_locale(browser: Browser, double: RunningDouble) -> None:
    double.control(
        "PATCH",
        f"pages/{PAGE}",
        profile={
            "get_started": {"payload": "get_started"},
            "greeting": [{"locale": "default", "text": "Bonjour {{user_first_name}}"}],
            "ice_breakers": [
                {"locale": "default", "call_to_actions": [{"question": "Où ?", "payload": "where"}]},
                {"locale": "nl_NL", "call_to_actions": [{"question": "Waar?", "payload": "where"}]},
            ],
            "persistent_menu": [
                {
                    "locale": "default",
                    "call_to_actions": [{"type": "postback", "title": "Aide", "payload": "help"}],
                }
            ],
        },
    )
    demo = Demo(browser, double, "nl_BE", DESKTOP)
    page = demo.page
    expect(page.locator(".welcome p")).to_have_text("Bonjour Alex")
    page.get_by_role("button", name="Waar?").click()
    expect(demo.rows("person")).to_contain_text("Waar?")
    page.click("#menu-button")
    page.get_by_role("button", name="Aide").click()
    expect(demo.rows("person")).to_have_count(2)
    payloads = [line["body"]["payload"] for line in double.control("GET", f"people/{demo.psid}")["lines"]]
    assert payloads == ["where", "help"]
    double.control("PATCH", f"pages/{PAGE}", profile={"get_started": {"payload": "get_started"}})
    assert demo.faults == []
    demo.context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_keeps_the_rules_of_accessibility(
    browser: Browser, double: RunningDouble, size: dict[str, int]
) -> None:
    demo = Demo(browser, double, "en_GB", size)
    demo.page.get_by_role("button", name="Get Started", exact=True).click()
    demo.sends(generic(element(), element()))
    expect(demo.page.locator(".carousel")).to_be_visible()

    found = Axe().run(demo.page)

    assert found.violations_count == 0, found.generate_report()
    demo.context.close()
