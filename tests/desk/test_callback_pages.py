"""One callback at the desk: appointments, letters, history; nothing that is written is lost, nobody is told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.foundation.clock import now
from bot.foundation.mail_settings import MailSettings
from bot.services.callback.callbacks import Callback
from bot.services.notify.post import Post
from bot.services.opening_hours.hours import BRUSSELS
from tests.desk.counsellor import PASSWORD, StaffMember
from tests.desk.in_process import Site
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.leaving_details import contact_of, leave_details
from tests.services.notify.mail_server import MailServer, serving


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    with serving(server):
        yield server


@pytest.fixture
def site(tmp_path: Path, mail_server: MailServer) -> Iterator[Site]:
    settings = MailSettings("127.0.0.1", mail_server.port, "none", None, None, "bot@c.example", ("team@c.example",))
    opened = Site(tmp_path, now, post=Post(settings, lambda: "info@c.example"))
    yield opened
    opened.close()


@pytest.fixture
def visitors(site: Site, tmp_path: Path) -> Iterator[HandoffDoor]:
    door = HandoffDoor(site.database.url, f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    door.clock.time = datetime.now(timezone.utc)
    yield door
    door.close()


@pytest.fixture
def zoe(site: Site) -> StaffMember:
    return site.member("zoe")


def page_of(callback: Callback) -> str:
    return f"/desk/callbacks/{callback.reference}"


def in_days(days: int) -> dict[str, str]:
    day = datetime.now(BRUSSELS).date() + timedelta(days=days)
    return {"day": day.isoformat(), "time": "14:30", "why": "wished"}


def appoint(zoe: StaffMember, callback: Callback, **fields: str) -> httpx.Response:
    return zoe.form(page_of(callback), f"{page_of(callback)}/appoint", **{**in_days(4), **fields})


def letter_in(page: str) -> dict[str, str]:
    """The letter's form as a browser would send it."""
    form = page.split('/letter">', 1)[1].split("</form>", 1)[0]
    fields = dict(re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', form))
    body = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", form, re.DOTALL)
    assert body
    return {name: unescape(value) for name, value in {**fields, "body": body[1]}.items()}


def token_of(page: str) -> dict[str, str]:
    found = re.search(r'name="form_token" value="(\w+)"', page)
    assert found
    return {"form_token": found[1]}


def test_whoever_left_an_e_mail_address_is_told_of_the_appointment_at_once(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    callback = leave_details(visitors, "email", "nl")

    made = appoint(zoe, callback, act="mail")

    assert made.headers["location"] == f"{page_of(callback)}?done=appointed_mailed"
    (mail,) = mail_server.mails
    assert mail["Subject"] == f"Je afspraak met Beroepenpunt ({callback.reference})"
    assert mail["To"] == "ada@example.org"
    assert "om 14.30 u." in mail.get_content()
    assert "Zoe, Beroepenpunt" in mail.get_content()
    page = zoe.get(f"{page_of(callback)}?done=appointed_mailed").text
    assert "the e-mail is sent" in page
    assert "does not know of this appointment yet" not in page
    assert "The person wishes it" in page
    assert re.search(r"[34] days left|9\d h left", page)
    assert "Appointment: " in zoe.get("/desk/callbacks").text


def test_for_whoever_left_a_number_the_counsellor_is_told_to_call(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    callback = leave_details(visitors, "telephone")

    assert appoint(zoe, callback).headers["location"].endswith("?done=appointed_call")

    page = zoe.get(f"{page_of(callback)}?done=appointed_call").text
    assert "Now call the person" in page
    assert "does not know of this appointment yet" in page
    assert "47 h left" in page, "until they have heard, the promise counts"
    assert zoe.form(page_of(callback), f"{page_of(callback)}/told").status_code == 303
    page = zoe.get(page_of(callback)).text
    assert "does not know" not in page
    assert "The person was told" in page
    assert "47 h left" not in page
    assert mail_server.mails == []


def test_agreed_already_nobody_is_told_again(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    callback = leave_details(visitors)

    assert appoint(zoe, callback, told="1", act="mail").headers["location"].endswith("?done=appointed")

    assert mail_server.mails == []
    assert "does not know" not in zoe.get(page_of(callback)).text


def test_the_e_mail_can_be_read_and_changed_before_it_goes_out(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    callback = leave_details(visitors)

    written = appoint(zoe, callback, act="write").headers["location"]
    fields = letter_in(zoe.get(written).text)
    assert mail_server.mails == []
    fields["body"] += "\n\nPS : apportez vos papiers."
    sent = zoe.post(f"{page_of(callback)}/letter", **fields)

    assert sent.headers["location"].endswith("?done=letter")
    assert "PS : apportez vos papiers." in mail_server.mails[0].get_content()
    page = zoe.get(page_of(callback)).text
    assert "E-mail sent: Tell the appointment" in page
    assert "PS : apportez vos papiers." in page
    assert "does not know" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (in_days(-1), "has passed already"),
        (in_days(61), "60 days at most"),
        ({"day": "31/02/2027"}, "Write a date"),
        ({"day": ""}, "Write a date"),
        ({"time": "half past"}, "Write a time"),
        ({"why": ""}, "Choose a reason"),
        ({"why": "<b>x"}, "Choose a reason"),
    ],
)
def test_an_appointment_that_cannot_be_is_named_beside_its_field_and_kept(
    visitors: HandoffDoor, zoe: StaffMember, fields: dict[str, str], words: str
) -> None:
    callback = leave_details(visitors)

    refused = appoint(zoe, callback, **{**in_days(4), **fields})

    assert refused.status_code == 422
    assert words in refused.text
    assert 'aria-invalid="true"' in refused.text
    kept = {**in_days(4), **fields}
    assert f'value="{kept["day"]}"' in refused.text
    assert f'value="{kept["time"]}"' in refused.text
    assert visitors.callbacks.show(callback.reference).appointed_at is None


def test_a_mail_server_that_is_down_is_a_warning_and_the_text_stays(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    callback = leave_details(visitors)
    mail_server.refuses = True

    refused = appoint(zoe, callback, act="mail")

    assert refused.status_code == 503
    assert "the mail server does not answer or refuses" in refused.text
    assert "does not know of this appointment yet" in refused.text
    fields = letter_in(refused.text)
    assert "Bonjour Ada Lovelace" in fields["body"]
    fields["body"] = "My own words </textarea><script>alert(1)</script>"
    again = zoe.post(f"{page_of(callback)}/letter", **fields)
    assert again.status_code == 503
    assert letter_in(again.text)["body"] == fields["body"]
    assert "<script>alert" not in again.text
    for secret in ("Ada", "ada@", "own words"):
        assert secret not in caplog.text
    mail_server.refuses = False
    assert zoe.post(f"{page_of(callback)}/letter", **letter_in(again.text)).status_code == 303
    assert len(mail_server.mails) == 1


def test_without_a_mail_server_the_page_says_so_and_keeps_the_text(tmp_path: Path) -> None:
    site = Site(tmp_path, now)
    visitors = HandoffDoor(site.database.url, f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    visitors.clock.time = datetime.now(timezone.utc)
    callback, zoe = leave_details(visitors), site.member("zoe")

    page = zoe.get(f"{page_of(callback)}?letter=not_reached").text
    assert "No mail server is set up" in page
    fields = {**letter_in(page), "body": "My words"}
    refused = zoe.post(f"{page_of(callback)}/letter", **fields)

    assert refused.status_code == 503
    assert "Your text is still here; copy it" in refused.text
    assert letter_in(refused.text)["body"] == "My words"
    visitors.close()
    site.close()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "There is still […] in the text"),
        ({"body": " "}, "The subject or the text is missing"),
        ({"subject": "", "body": "Hello"}, "The subject or the text is missing"),
        ({"body": "é" * 8001}, "The text is too long"),
    ],
)
def test_a_letter_that_cannot_go_out_stays_in_the_form(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer, change: dict[str, str], words: str
) -> None:
    callback = leave_details(visitors)
    fields = {**letter_in(zoe.get(f"{page_of(callback)}?letter=answer").text), **change}

    refused = zoe.post(f"{page_of(callback)}/letter", **fields)

    assert refused.status_code == 422
    assert words in refused.text
    assert letter_in(refused.text)["body"] == fields["body"].strip()
    assert mail_server.mails == []


def test_a_second_click_sends_no_second_letter(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    callback = leave_details(visitors)
    fields = {**letter_in(zoe.get(f"{page_of(callback)}?letter=answer").text), "body": "The answer"}

    assert zoe.post(f"{page_of(callback)}/letter", **fields).status_code == 303
    second = zoe.post(f"{page_of(callback)}/letter", **fields)

    assert second.status_code == 409
    assert "was sent already" in second.text
    assert letter_in(second.text)["body"] == "The answer"
    assert len(mail_server.mails) == 1


def test_what_is_done_or_erased_gets_neither_appointment_nor_letter(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    done, erased = leave_details(visitors), leave_details(visitors)
    visitors.callbacks.done(done.reference, "jan", "answered")
    token = token_of(zoe.get(page_of(erased)).text)
    visitors.service.erase(contact_of(visitors, erased))

    late = zoe.post(f"{page_of(done)}/appoint", **in_days(4), **token)
    assert (late.status_code, "was done already" in late.text) == (409, True)
    assert zoe.post(f"{page_of(done)}/told", **token).status_code == 409
    for verb in ("appoint", "told", "letter"):
        gone = zoe.post(f"{page_of(erased)}/{verb}", **in_days(4), subject="S", body="B", **token)
        assert gone.status_code == 404, verb
        assert "may have erased it" in gone.text
    assert mail_server.mails == []


def test_only_who_may_talk_gets_to_it_and_only_by_a_form_of_ours(
    site: Site, visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    callback = leave_details(visitors)

    for verb in ("appoint", "told", "letter"):
        path = f"{page_of(callback)}/{verb}"
        assert zoe.post(path, **in_days(4), subject="S", body="B").status_code == 403
        assert site.member("edi", "editor").form("/desk/account", path, **in_days(4)).status_code == 403
        assert site.browser().post(path, **in_days(4)).status_code == (401 if verb == "letter" else 303)
    assert mail_server.mails == []
    assert visitors.callbacks.show(callback.reference).acts == ()


def test_a_letter_survives_the_end_of_the_session(
    visitors: HandoffDoor, zoe: StaffMember, mail_server: MailServer
) -> None:
    callback = leave_details(visitors)
    body = "Dear Ada </textarea><script>alert(1)</script>\n\nSecond line"
    fields = {**letter_in(zoe.get(f"{page_of(callback)}?letter=answer").text), "body": body}
    zoe.client.cookies.clear()

    sign_in = zoe.post(f"{page_of(callback)}/letter", **fields)
    assert sign_in.status_code == 401
    assert "<script>alert" not in sign_in.text
    carried = dict(
        re.findall(r'<textarea name="(\w+)" hidden aria-hidden="true">\n(.*?)</textarea>', sign_in.text, re.S)
    )
    kept = {name: unescape(value) for name, value in carried.items()}
    token = token_of(sign_in.text)
    refused = zoe.post("/desk/sign-in", name="zoe", password="wrong", **kept, **token)
    assert refused.status_code == 401
    assert "Second line" in refused.text
    page = zoe.post("/desk/sign-in", name="zoe", password=PASSWORD, **kept, **token)

    assert "has not been sent yet" in page.text
    assert letter_in(page.text)["body"] == body
    assert zoe.post(f"{page_of(callback)}/letter", **letter_in(page.text)).status_code == 303
    assert mail_server.mails[0].get_content().splitlines() == body.splitlines()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Fixer un rendez-vous", "Écrire un e-mail", "Historique", "la personne")),
        ("nl", ("Een afspraak maken", "Een e-mail schrijven", "Verloop", "de persoon")),
        ("en", ("Make an appointment", "Write an e-mail", "History", "the person")),
    ],
)
def test_the_page_in_each_language_with_the_letter_in_that_of_the_person(
    visitors: HandoffDoor, zoe: StaffMember, language: str, words: tuple[str, ...]
) -> None:
    callback = leave_details(visitors, language="nl")

    page = zoe.get(f"{page_of(callback)}?letter=answer&lang={language}").text

    for one in words:
        assert one in page
    assert letter_in(page)["body"].startswith("Dag Ada Lovelace,")
    assert '<textarea id="body" class="letter" name="body" lang="nl"' in page
    assert "desk_" not in page.replace("faqbot_desk_", "")
    assert "style=" not in page
