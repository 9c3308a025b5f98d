"""Outside opening hours, in each language: the bot fails twice, nobody waits in vain, the form in the widget is
filled in with slips, corrections and a reload, and at the desk the callback is seen and done."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import holidays
import pytest
from babel.dates import format_date
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from bot.services.opening_hours.hours import BRUSSELS
from tests.browser.desk_page import DeskPage
from tests.browser.test_desk import NOT_UNDERSTOOD, PERSON
from tests.browser.test_journey import QUESTION
from tests.browser.widget_page import ANSWER_MILLISECONDS, WidgetPage, new_context, text
from tests.processes.running_bot import RunningBot

#: A file that counts at once is looked at every two seconds.
_SEEN_SECONDS = 2.5
#: Way, an address that does not fit, and one that does, also from abroad.
_ADDRESS = {
    "fr": ("email", "ada@exemple", "ada@example.org"),
    "nl": ("telephone", "12", "+33 6 12 34 56 78"),
    "en": ("video", "no address", "ada@example.org"),
}
_NAME = "Zoë O'Brien-Şahin"
_ASKED = "How do I begin? <b>bold</b> {{ 7*7 }}"


@pytest.fixture(scope="module")
def opening(door: RunningBot) -> Iterator[date]:
    """The centre is closed; the day on which it opens again, at nine."""
    path = door.project / "data" / "centre.yml"
    before = path.read_text("utf-8")
    day = datetime.now(BRUSSELS).date() + timedelta(days=2)
    while day in holidays.country_holidays("BE", years=(day.year, day.year + 1)):
        day += timedelta(days=1)
    week = f'hours:\n  week:\n    {day:%A}: ["09:00-12:30"]\n'.replace(f"{day:%A}", f"{day:%A}".lower())
    path.write_text(before.replace("hours:\n", week, 1), "utf-8")
    assert path.read_text("utf-8") != before
    time.sleep(_SEEN_SECONDS)
    yield day
    path.write_text(before, "utf-8")
    time.sleep(_SEEN_SECONDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_two_failures_outside_opening_hours_to_a_callback_that_is_done(
    browser: Browser, door: RunningBot, opening: date, language: str
) -> None:
    staff, people = new_context(browser), new_context(browser)
    desk = DeskPage(staff, door.settings, language, "zoe").sign_in().come()
    visitor = WidgetPage(people, door, language).open()
    for words in NOT_UNDERSTOOD[language]:
        _said_after(visitor, lambda: visitor.say(words))  # noqa: B023

    said = _said_after(visitor, lambda: visitor.press(PERSON[language]))

    weekday, month = (format_date(opening, part, locale=language) for part in ("EEEE", "MMMM"))
    assert re.search(rf"{weekday} {opening.day}(er)? {month}\D+\b9\b", said), "when it opens again is named"
    assert desk.waiting.count() == 0, "nobody waits although somebody forgot to leave"
    reference = _fill_in(visitor, language)
    _is_done_at_the_desk(desk, reference, language)
    assert desk.faults == visitor.faults == []
    desk.leave()
    staff.close()
    people.close()


def _fill_in(visitor: WidgetPage, language: str) -> str:
    """The form with all that can go wrong in it; the reference."""
    way, wrong, address = _ADDRESS[language]

    def press(key: str) -> str:
        return _said_after(visitor, lambda: visitor.press(text(f"callback_{key}", language)))

    def say(words: str) -> str:
        return _said_after(visitor, lambda: visitor.say(words))

    press("button_start")
    assert text("callback_unfit_name", language) in say("<script>alert(1)</script>")
    say("Ada")
    assert text("callback_step_again", language) in say(QUESTION[language]), "a question is answered in the middle"
    press(f"way_{way}")
    assert text(f"callback_unfit_{way}", language) in say(wrong)
    say(address)
    shown = visitor.answers.count()
    visitor.page.reload()
    visitor.open()
    expect(visitor.answers).to_have_count(shown, timeout=ANSWER_MILLISECONDS)
    if way != "email":
        press("when_morning")
    say(_ASKED)
    summary = _said_after(
        visitor, lambda: visitor.press({"fr": "Français", "nl": "Nederlands", "en": "English"}[language])
    )
    assert _ASKED in summary
    press("button_correct")
    press("label_name")
    corrected = say(_NAME)
    assert _NAME in corrected
    assert "Ada" not in corrected.replace(address, "")
    confirmed = press("button_send")
    found = re.search(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}\b", confirmed)
    assert found, confirmed
    return found[0]


def _is_done_at_the_desk(desk: DeskPage, reference: str, language: str) -> None:
    desk.page.goto(f"{desk.address}callbacks")
    row = desk.page.locator("li", has_text=reference)
    expect(row).to_contain_text(_NAME)
    row.get_by_role("link", name=desk.say("open")).click()
    for shown in (_NAME, _ADDRESS[language][2], _ASKED):
        expect(desk.page.locator(".brief")).to_contain_text(shown)
    assert desk.page.locator(".brief b").count() == 0
    desk.page.select_option("#outcome", "answered")
    desk.page.get_by_role("button", name=desk.say("mark_done")).click()
    expect(desk.page.get_by_text(desk.say("done_callback_done"))).to_be_visible(timeout=20_000)


def _said_after(visitor: WidgetPage, act: Callable[[], None]) -> str:
    """The next answer, as it is read."""
    before = visitor.answers.count()
    act()
    expect(visitor.answers).to_have_count(before + 1, timeout=ANSWER_MILLISECONDS)
    return visitor.answers.last.inner_text()
