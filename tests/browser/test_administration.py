"""The rooms of whoever runs the desk: on the smallest phone, with the keyboard alone, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bot.foundation.languages import LANGUAGES
from tests.browser.desk_page import DeskPage
from tests.browser.light_door import LightDoor, light_door
from tests.browser.widget_page import new_context

__all__ = ["light_door"]

#: Smaller than any phone that is sold.
SMALLEST = {"width": 320, "height": 568}
ROOMS = ("", "callbacks", "ended", "proposals", "staff", "hours", "sign-ins", "account")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_room_fits_the_smallest_phone_and_breaks_no_rule(
    browser: Browser, light_door: LightDoor, language: str
) -> None:
    context = new_context(browser, SMALLEST, color_scheme="dark" if language == "fr" else "light")
    desk = DeskPage(context, light_door.settings, language, "ann", "administrator").sign_in()

    for room in ROOMS:
        desk.page.goto(f"{desk.address}{room}")
        desk.look(room or "inbox")
        head = desk.page.locator("header").bounding_box()
        assert head is not None
        assert head["height"] < SMALLEST["height"] * 0.45, f"the head fills the screen of {room}"
        if room not in ("", "ended"):
            # Which of the pages this is can be seen, however many there are.
            expect(desk.page.locator(".pages [aria-current]")).to_be_in_viewport()

    desk.page.goto(f"{desk.address}staff")
    desk.page.locator("main .rows a.button").first.click()
    desk.look("one account")
    assert desk.faults == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_is_made_and_closed_with_the_keyboard_alone(
    browser: Browser, light_door: LightDoor, language: str
) -> None:
    context = new_context(browser)
    desk = DeskPage(context, light_door.settings, language, "ann", "administrator").sign_in()
    keys = desk.page.keyboard
    desk.page.goto(desk.address)

    desk.tab_to(".pages a[href='/desk/staff']")
    keys.press("Enter")
    expect(desk.page.locator("#name")).to_be_visible(timeout=20_000)
    desk.tab_to("#name")
    keys.type(f"keys-{language}")
    desk.tab_to("#role")
    keys.type(desk.say("role_analyst")[:4])
    desk.tab_to(f"[name=speaks_{language}]")
    if not desk.page.locator(f"[name=speaks_{language}]").is_checked():
        keys.press("Space")
    desk.tab_to("main form button.first")
    keys.press("Enter")

    expect(desk.page.locator("#link")).to_be_visible(timeout=20_000)
    expect(desk.page.locator("#link")).to_be_focused()
    assert "/desk/welcome/" in desk.page.locator("#link").input_value()
    row = desk.page.locator(".rows li", has_text=f"keys-{language}").first
    expect(row).to_contain_text(desk.say("role_analyst"))
    row.locator("a").focus()
    keys.press("Enter")
    expect(desk.page.locator("h1")).to_have_text(f"keys-{language}", timeout=20_000)
    desk.tab_to("button[value=disable]")
    keys.press("Enter")
    expect(desk.page.get_by_text(desk.say("account_disabled")).first).to_be_visible(timeout=20_000)
    assert desk.faults == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_there_works_without_scripts(browser: Browser, light_door: LightDoor, language: str) -> None:
    context = new_context(browser, java_script_enabled=False)
    desk = DeskPage(context, light_door.settings, language, "ann", "administrator").sign_in()

    desk.page.goto(f"{desk.address}staff")
    desk.page.fill("#name", f"plain-{language}")
    desk.page.locator("main form button.first").click()
    expect(desk.page.locator("#link")).to_be_visible(timeout=20_000)
    desk.page.goto(f"{desk.address}sign-ins")
    desk.page.select_option("[name=outcome]", index=1)
    desk.page.locator("main form button.first").click()
    expect(desk.page.locator("tbody tr").first).to_contain_text("ann")
    desk.page.goto(f"{desk.address}hours")
    desk.page.fill("[name='week-0-0-opens']", "09:00")
    desk.page.locator("button[value=preview]").click()
    # An opening without an end: said beside its field, and nothing of it is lost.
    expect(desk.page.locator(".fault").first).to_be_visible()
    expect(desk.page.locator("[name='week-0-0-opens']")).to_have_value("09:00")
    context.close()
