"""The administrators' pages: accounts and the record of sign-ins. Nobody else gets in; links are shown once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from bot.foundation.clock import now
from bot.services.staff import passwords
from tests.desk.counsellor import PASSWORD, StaffMember
from tests.desk.in_process import Site

SPEAKS = {"speaks_fr": "1", "speaks_nl": "1"}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    opened = Site(tmp_path, now)
    yield opened
    opened.close()


@pytest.fixture
def ada(site: Site) -> StaffMember:
    return site.member("ada", "administrator")


def add(ada: StaffMember, name: str, **fields: str) -> str:
    """Add an account; the path of its page."""
    response = ada.form("/desk/staff", "/desk/staff", **{"name": name, "role": "counsellor", **SPEAKS, **fields})
    assert response.status_code == 200, response.text
    found = re.search(rf'<a class="button" href="(/desk/staff/[\w-]+)" aria-label="[^"]*{name}', response.text)
    assert found
    return found[1]


def link_in(page: str) -> str:
    found = re.search(r'id="link" class="link" value="([^"]+)"', page)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("role", ["counsellor", "analyst", "editor"])
def test_nobody_else_gets_in(site: Site, role: str) -> None:
    member = site.member(role, role)

    for path in ("/desk/staff", "/desk/staff/x", "/desk/sign-ins", "/desk/hours", "/desk/staff/x/y"):
        assert member.get(path).status_code == 403, path
    for path in ("/desk/staff", "/desk/staff/x", "/desk/hours"):
        assert member.form("/desk/account", path, act="disable").status_code == 403, path
    assert "/desk/staff" not in member.get("/desk/account").text


@pytest.mark.parametrize("path", ["/desk/staff", "/desk/staff/x", "/desk/sign-ins", "/desk/hours"])
def test_without_a_session_they_lead_to_sign_in(site: Site, path: str) -> None:
    assert site.browser().get(path).headers["location"].startswith("/desk/sign-in?next=")
    assert site.browser().post(path).status_code == 303


def test_a_form_that_is_not_ours_changes_nothing(site: Site, ada: StaffMember) -> None:
    assert ada.post("/desk/staff", name="eve", role="administrator", **SPEAKS).status_code == 403
    assert "eve" not in ada.get("/desk/staff").text


def test_an_account_is_added_entered_changed_closed_and_opened(
    site: Site, ada: StaffMember, caplog: pytest.LogCaptureFixture
) -> None:
    added = ada.form(
        "/desk/staff", "/desk/staff", name="Noor", shown_name="<b>Noor</b>", role="counsellor", speaks_nl="1"
    )
    link = link_in(added.text)
    assert link.startswith(f"{site.url}/desk/welcome/")
    assert "&lt;b&gt;Noor&lt;/b&gt;" in added.text
    assert link not in ada.get("/desk/staff").text, "shown once"
    page = re.findall(r'href="(/desk/staff/[\w-]+)"', added.text.split("&lt;b&gt;Noor", 1)[1])[0]
    noor = site.browser()
    path = link.removeprefix(site.url)
    assert noor.form(path, path, password=PASSWORD, again=PASSWORD).status_code == 303
    assert noor.get("/desk/callbacks").status_code == 200

    profile = {"act": "change", "shown_name": "Noor", "role": "editor", "speaks_en": "1"}
    assert ada.form(page, page, **profile).headers["location"] == f"{page}?done=changed"
    assert "it holds at once" in ada.get(f"{page}?done=changed").text.lower()
    assert noor.get("/desk/callbacks").status_code == 403
    assert ada.form(page, page, act="disable").status_code == 303
    assert noor.get("/desk/account").status_code == 303
    assert noor.sign_in("noor").status_code == 401
    assert ada.form(page, page, act="link").status_code == 409
    assert ada.form(page, page, act="enable").status_code == 303
    assert noor.sign_in("noor").status_code == 303

    again = link_in(ada.form(page, page, act="link").text)
    assert again != link
    assert site.browser().get(again.removeprefix(site.url)).status_code == 200
    record = ada.get("/desk/staff").text
    for words in ("Account made: Noor", "Account changed: Noor", "Account closed: Noor", "New link: Noor"):
        assert words in record
    assert link.rpartition("/")[2] not in caplog.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "z z"}, "2 to 63 letters"),
        ({"name": ""}, "2 to 63 letters"),
        ({"name": "ada"}, "This name is taken"),
        ({"name": "bo1", "role": "boss"}, "Choose a role"),
        ({"name": "bo2", "speaks_fr": "", "speaks_nl": ""}, "Choose one language"),
        ({"name": "bo3", "shown_name": "x" * 61}, "60 letters at most"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_the_rest_is_kept(
    ada: StaffMember, fields: dict[str, str], words: str
) -> None:
    given = {"name": "bo", "shown_name": "Bo", "role": "analyst", **SPEAKS, **fields}

    response = ada.form("/desk/staff", "/desk/staff", **given)

    assert response.status_code == 422
    assert words in response.text
    assert f'value="{given["name"]}"' in response.text
    assert f'value="{given["shown_name"]}"' in response.text


def test_administrators_do_not_lock_themselves_out(site: Site) -> None:
    alone = site.member("ada", "administrator")
    (page,) = re.findall(r'href="(/desk/staff/[\w-]+)"', alone.get("/desk/staff").text)

    assert 'value="disable"' not in alone.get(page).text
    closed = alone.form(page, page, act="disable")
    demoted = alone.form(page, page, act="change", shown_name="Ada", role="counsellor", **SPEAKS)

    assert closed.status_code == 422
    assert "cannot close your own account" in closed.text
    assert demoted.status_code == 422
    assert "must remain" in demoted.text
    assert alone.get("/desk/staff").status_code == 200
    assert alone.form(page, page, act="nonsense").status_code == 422
    assert alone.get("/desk/staff/nobody").status_code == 404


def test_the_record_of_sign_ins_is_filtered_and_paged(site: Site, ada: StaffMember) -> None:
    page = add(ada, "tim")
    for number in range(3):
        site.browser(f"192.0.2.{number}").sign_in("tim", "wrong")
    site.browser("192.0.2.9").sign_in("my secret password", "wrong")

    shown = ada.get(f"/desk/sign-ins?account={page.rpartition('/')[2]}&outcome=refused").text
    unknown = ada.get("/desk/sign-ins?account=nobody").text

    assert "Tries: 3" in shown
    assert "192.0.2.0" in shown
    assert "192.0.2.9" in unknown
    assert "secret" not in unknown
    for strange in ("?account=x'--&outcome=y", "?page=-1", "?page=٣", "?page=999999999999999999999"):
        assert ada.get(f"/desk/sign-ins{strange}").status_code == 200


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_pages_in_each_language(site: Site, ada: StaffMember, language: str) -> None:
    titles = {
        "fr": ("Ajouter une personne", "Connexions"),
        "nl": ("Iemand toevoegen", "Aanmeldingen"),
        "en": ("Add somebody", "Sign-ins"),
    }

    for path, title in zip(("/desk/staff", "/desk/sign-ins"), titles[language], strict=True):
        page = ada.get(f"{path}?lang={language}").text
        assert title in page
        assert "desk_" not in page.replace("faqbot_desk_", "")
        assert "style=" not in page


def test_links_begin_with_the_address_of_the_site(tmp_path: Path) -> None:
    site = Site(tmp_path, now, "https://bot.example.org")

    added = site.member("ada", "administrator").form(
        "/desk/staff", "/desk/staff", name="noor", role="editor", **SPEAKS
    )

    assert link_in(added.text).startswith("https://bot.example.org/desk/welcome/")
    site.close()
