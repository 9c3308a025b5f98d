"""Nobody gets in who should not: no account, no right, another site, a form that is not ours, too many guesses."""

from __future__ import annotations

import json

import pytest

from bot.services.staff.sessions import MOST_FOR_ACCOUNT
from tests.desk.conftest import signed_in
from tests.desk.counsellor import PASSWORD, StaffMember, account, url_of
from tests.gateway.running_gateway import RunningGateway

PAGES = (
    *("/desk/", "/desk/lists", "/desk/account", "/desk/callbacks", "/desk/callbacks/7K3-Q9M", "/desk/talks/x"),
    *("/desk/talks/x/thread", "/desk/nothing", "/desk//", "/desk/static/../talks/x", "/desk/sign-in/x"),
)
POSTS = ("/desk/presence", "/desk/talks/x/claim", "/desk/talks/x/close", "/desk/callbacks/7K3-Q9M", "/desk/sign-out")


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_every_page_leads_to_sign_in(gateway: RunningGateway, path: str) -> None:
    response = StaffMember(gateway).get(path)

    assert response.status_code == 303
    assert response.headers["location"].startswith("/desk/sign-in")
    assert not response.content


@pytest.mark.parametrize("path", POSTS)
def test_without_a_session_nothing_can_be_posted(gateway: RunningGateway, path: str) -> None:
    response = StaffMember(gateway).post(path, act="come")

    assert response.status_code == 303
    assert response.headers["location"] == "/desk/sign-in"


def test_without_a_session_there_is_no_stream(gateway: RunningGateway) -> None:
    assert StaffMember(gateway).get("/desk/live").status_code == 401
    assert StaffMember(gateway).get("/desk/lists", **{"X-Desk-By-Itself": "1"}).status_code == 401


@pytest.mark.parametrize("role", ["analyst", "editor"])
def test_without_the_right_pages_are_refused_and_the_proposals_are_shown(gateway: RunningGateway, role: str) -> None:
    member = signed_in(gateway, role, role)

    for path in ("/desk/lists", "/desk/callbacks", "/desk/talks/x", "/desk/live", "/desk/nothing"):
        assert member.get(path).status_code == 403, path
    assert member.form("/desk/account", "/desk/talks/x/claim").status_code == 403
    assert member.get("/desk/").headers["location"] == "/desk/proposals"
    assert member.get("/desk/account").status_code == 200


@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_the_token_changes_nothing(jan: StaffMember, path: str) -> None:
    for token in ("", "0" * 64, "é"):
        response = jan.post(path, form_token=token, act="come")

        assert response.status_code == 403
        assert "Nothing has changed" in response.text
    assert "I am not here" in jan.get("/desk/").text


def test_the_token_of_another_session_does_not_count(gateway: RunningGateway, jan: StaffMember) -> None:
    other = signed_in(gateway, "jan")
    token = other.get("/desk/").text.split('name="form_token" value="')[1][:64]

    assert jan.post("/desk/presence", form_token=token, act="come").status_code == 403


def test_signing_in_needs_the_token_of_this_browser(gateway: RunningGateway) -> None:
    account(url_of(gateway), "jan")
    stranger = StaffMember(gateway)

    assert stranger.post("/desk/sign-in", name="jan", password=PASSWORD).status_code == 403
    assert stranger.get("/desk/").status_code == 303


def test_a_form_that_is_too_large_is_refused(jan: StaffMember) -> None:
    assert jan.form("/desk/", "/desk/presence", act="come" * 20_000).status_code == 403
    assert jan.form("/desk/", "/desk/presence", **{f"x{n}": "1" for n in range(60)}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://www.example.org"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_other_sites_get_nothing_also_those_that_may_embed_the_widget(
    jan: StaffMember, headers: dict[str, str]
) -> None:
    for path in ("/desk/", "/desk/sign-in", "/desk/static/desk.js", "/desk/live"):
        response = jan.get(path, **headers)

        assert (response.status_code, response.content) == (403, b"")
        assert "access-control-allow-origin" not in response.headers


def test_pages_say_that_nobody_may_frame_keep_or_script_them(jan: StaffMember) -> None:
    headers = jan.get("/desk/").headers

    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_session_is_in_a_cookie_that_scripts_and_other_sites_do_not_get(gateway: RunningGateway) -> None:
    account(url_of(gateway), "jan")
    plain = StaffMember(gateway).sign_in("jan").headers.get_list("set-cookie")
    behind_tls = StaffMember(gateway)
    behind_tls.client.headers["X-Forwarded-Proto"] = "https"
    page = behind_tls.get("/desk/sign-in")

    (session,) = (cookie for cookie in plain if cookie.startswith("faqbot_desk="))
    assert "HttpOnly" in session
    assert "SameSite=strict" in session
    assert "Secure" not in session
    assert "Secure" in page.headers["set-cookie"]


def test_signing_in_leads_to_the_page_that_was_wanted_and_never_out(gateway: RunningGateway) -> None:
    account(url_of(gateway), "jan")

    assert StaffMember(gateway).sign_in("jan", next="/desk/callbacks").headers["location"] == "/desk/callbacks"
    for outside in ("https://evil.example/desk/", "//evil.example", "/desk/../chat", "/desk/\\evil"):
        assert StaffMember(gateway).sign_in("jan", next=outside).headers["location"] == "/desk/"


def test_signing_out_ends_the_session_on_the_server(jan: StaffMember) -> None:
    token = jan.client.cookies["faqbot_desk"]

    jan.form("/desk/account", "/desk/sign-out")

    jan.client.cookies.set("faqbot_desk", token, path="/desk")
    assert jan.get("/desk/").status_code == 303


def test_guesses_are_refused_in_the_same_words_and_then_throttled(gateway: RunningGateway) -> None:
    account(url_of(gateway), "guessed")
    wrong = StaffMember(gateway, "192.0.2.9")
    said = {wrong.sign_in(name, "wrong").text.split("alert")[-1][:90] for name in ("guessed", "nobody-here")}

    for _ in range(MOST_FOR_ACCOUNT - 1):
        assert wrong.sign_in("guessed", "wrong").status_code == 401
    throttled = StaffMember(gateway, "192.0.2.10").sign_in("guessed")

    assert len(said) == 1
    assert throttled.status_code == 429
    assert throttled.headers["retry-after"] == "900"
    log = (gateway.folder / "gateway.log").read_text("utf-8")
    assert PASSWORD not in log
    assert "guessed" not in log


def test_the_first_link_makes_an_administrator_once(own_gateway: RunningGateway) -> None:
    from bot.services.staff.accounts import Accounts
    from bot.store.database import Database

    database = Database(url_of(own_gateway))
    token = Accounts(database).first_link()
    database.close()
    ada = StaffMember(own_gateway)
    page = f"/desk/welcome/{token}"
    fields = {"name": "ada", "shown_name": "<b>Ada</b>", "password": PASSWORD, "again": PASSWORD}

    assert ada.form(page, page, **{**fields, "again": "other"}).status_code == 422
    assert ada.form(page, page, **{**fields, "password": "short", "again": "short"}).status_code == 422
    made = ada.form(page, page, **fields)

    assert made.headers["location"] == "/desk/"
    assert "&lt;b&gt;Ada&lt;/b&gt;" in ada.get("/desk/").text
    assert ada.get(page).status_code == 410
    assert json.dumps(token) not in (own_gateway.folder / "gateway.log").read_text("utf-8")


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_sign_in_page_in_each_language(gateway: RunningGateway, language: str) -> None:
    stranger = StaffMember(gateway)
    stranger.get(f"/desk/sign-in?lang={language}")
    page = stranger.get("/desk/sign-in").text

    assert f'<html lang="{language}">' in page
    assert {"fr": "Se connecter", "nl": "Aanmelden", "en": "Sign in"}[language] in page
    assert "<script>" not in page
    assert "style=" not in page
