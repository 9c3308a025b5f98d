"""A dialogue about activities with two follow-ups, and the page /activities, in each language and on both screens."""

from __future__ import annotations

import re
from typing import Any

import pytest
import vobject
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.widget_page import ANSWER_MILLISECONDS, DESKTOP, PHONE, WidgetPage, new_context
from tests.processes.running_bot import RunningBot

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
#: A list, two follow-ups that narrow it, one of those shown.
DIALOGUE = {
    "fr": (
        "Quels ateliers sont prévus dans les prochains mois ?",
        "et en néerlandais ?",
        "seulement en ligne",
        "la deuxième",
    ),
    "nl": ("Welke workshops zijn er de komende maanden?", "en in het Frans?", "enkel online", "de tweede"),
    "en": ("Which workshops are coming up in the next months?", "and in Dutch?", "only online", "the second one"),
}
#: What the follow-ups must have left on every card.
NARROWED = {
    "fr": ("En ligne", "en néerlandais"),
    "nl": ("Online", "in het Frans"),
    "en": ("Online", "in Dutch"),
}
WORDS = {
    "fr": {
        "register": "S'inscrire",
        "calendar": "Ajouter à mon agenda",
        "more": "Plus d'activités",
        "sample": "exemple",
    },
    "nl": {
        "register": "Inschrijven",
        "calendar": "Zet in mijn agenda",
        "more": "Meer activiteiten",
        "sample": "voorbeeld",
    },
    "en": {"register": "Register", "calendar": "Add to my calendar", "more": "More activities", "sample": "sample"},
}
MOMENT = {
    "fr": re.compile(
        r"^(Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche) \d{1,2}(er)? [a-zéû]+( \d{4})? à \d{1,2}\u00a0h"
    ),
    "nl": re.compile(
        r"^(Maan|Dins|Woens|Donder|Vrij|Zater|Zon)dag \d{1,2} [a-z]+( \d{4})? om \d{1,2}(\.\d\d)?\u00a0u\."
    ),
    "en": re.compile(r"^[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+( \d{4})?, \d{1,2}(\.\d\d)?(\u00a0[ap]m| noon)"),
}


def broken_rules(page: Page) -> list[str]:
    page.wait_for_timeout(300)
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]


def cards(tab: WidgetPage) -> Any:
    """The cards of the last answer."""
    return tab.answers.last.locator(".card")


def is_too_wide(tab: WidgetPage) -> Any:
    return tab.page.evaluate(
        "document.documentElement.scrollWidth > innerWidth"
        " || [...document.querySelector('faq-bot').shadowRoot.querySelectorAll('.panel .log *')]"
        ".some(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )


@SIZES
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_two_follow_ups_and_one_of_them(
    browser: Browser, door: RunningBot, language: str, size: dict[str, int]
) -> None:
    context = new_context(browser, size)
    tab = WidgetPage(context, door, language).open()
    request, in_other_language, only_online, second = DIALOGUE[language]

    tab.say(request)
    tab.expect_answers(1)
    expect(cards(tab)).to_have_count(5)
    assert all(MOMENT[language].match(line) for line in cards(tab).locator("p:first-of-type").all_inner_texts())
    expect(cards(tab).first.locator(".card-mark")).to_have_text(re.compile(WORDS[language]["sample"]))

    tab.say(in_other_language)
    tab.expect_answers(2)
    expect(tab.answers.last.locator(".bubble")).to_have_attribute("lang", language)
    assert all(NARROWED[language][1] in text for text in cards(tab).all_inner_texts())

    tab.say(only_online)
    tab.expect_answers(3)
    shown = cards(tab).all_inner_texts()
    assert len(shown) == 5
    assert all(NARROWED[language][0] in text and NARROWED[language][1] in text for text in shown)
    title = cards(tab).nth(1).locator(".card-title > span").first.inner_text()
    assert broken_rules(tab.page) == []
    assert not is_too_wide(tab)

    tab.say(second)
    tab.expect_answers(4)
    expect(cards(tab)).to_have_count(1)
    expect(cards(tab).locator(".card-title > span").first).to_have_text(title)
    assert broken_rules(tab.page) == []
    assert tab.faults == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_and_details_come_by_button_and_each_names_its_activity(
    browser: Browser, door: RunningBot, language: str
) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, language).open()
    tab.say(DIALOGUE[language][0])
    tab.expect_answers(1)
    first = cards(tab).locator(".card-title").all_inner_texts()
    words = WORDS[language]

    answer = tab.answers.last
    expect(answer.get_by_role("list").first.get_by_role("listitem").first).to_be_visible()
    expect(answer.get_by_role("heading", level=3)).to_have_count(5)
    names = [
        link.get_attribute("href") for link in answer.get_by_role("link", name=re.compile(words["calendar"])).all()
    ]
    assert len(names) == len(set(names)) == 5
    title = cards(tab).first.locator(".card-title > span").first.inner_text()
    expect(cards(tab).first.get_by_role("link", name=f"{words['register']} – {title}")).to_have_count(1)

    tab.find(".chip", has_text=words["more"]).click()
    tab.expect_answers(2)
    assert cards(tab).locator(".card-title").all_inner_texts() != first
    expect(cards(tab)).to_have_count(5)

    cards(tab).first.get_by_role("button").first.press("Enter")
    tab.expect_answers(3)
    expect(cards(tab)).to_have_count(1)
    expect(tab.find("textarea#box")).to_be_focused()
    assert tab.faults == []
    context.close()


def test_a_card_gives_a_calendar_file_that_another_parser_reads(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser, accept_downloads=True)
    tab = WidgetPage(context, door, "nl").open()
    tab.say(DIALOGUE["nl"][0])
    tab.expect_answers(1)
    title = cards(tab).first.locator(".card-title > span").first.inner_text()

    with tab.page.expect_download() as download:
        cards(tab).first.get_by_role("link", name=re.compile(WORDS["nl"]["calendar"])).click()
    event = vobject.readOne(download.value.path().read_text(encoding="utf-8")).vevent

    assert event.summary.value == f"{title} (voorbeeld)"
    assert event.dtend.value > event.dtstart.value
    assert len(context.pages) == 1, "a file needs no window"
    context.close()


def test_the_list_is_there_again_after_a_reload(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    tab = WidgetPage(context, door, "en").open()
    tab.say(DIALOGUE["en"][0])
    tab.expect_answers(1)
    before = cards(tab).all_inner_texts()

    tab.page.reload()
    tab.open()

    tab.expect_answers(1)
    assert cards(tab).all_inner_texts() == before
    context.close()


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_works_without_scripts_and_breaks_no_rule(
    browser: Browser, door: RunningBot, language: str, scheme: str, size: dict[str, int]
) -> None:
    plain = new_context(browser, size, color_scheme=scheme, java_script_enabled=False, locale=f"{language}-BE")
    page = plain.new_page()
    page.goto(f"{door.settings.door.local_url}/activities", timeout=ANSWER_MILLISECONDS)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".card")).to_have_count(10)

    page.locator("details > summary").first.click()
    page.locator("#mode").select_option("online")
    page.locator("#in").select_option("nl")
    page.locator("form button").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert all("nline" in text or "n ligne" in text for text in page.locator(".card").all_inner_texts())
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile("mode=online.*page=2"))
    address = page.url
    plain.close()

    scripted = new_context(browser, size, color_scheme=scheme)
    page = scripted.new_page()
    for one in (address, address.replace("mode=online", "from=31-02")):
        page.goto(one)
        assert broken_rules(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    scripted.close()


def test_the_page_is_used_with_the_keyboard_alone(browser: Browser, door: RunningBot) -> None:
    context = new_context(browser)
    page = context.new_page()
    page.goto(f"{door.settings.door.local_url}/activities?language=en")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_focused()
    page.locator("#q").focus()
    page.keyboard.type("online in English")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("q=online"))
    expect(page.locator("#list + p")).to_have_text("Online, in English")
    context.close()
