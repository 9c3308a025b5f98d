"""Letters about a callback: none is lost while the post is down, none goes out twice, each in its language."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from html import unescape
from pathlib import Path

import pytest

from bot.foundation.clock import now
from tests.desk.callback_desk import appoint, in_days, letter_in, page_of, site, token_of, visitors, zoe
from tests.desk.counsellor import PASSWORD, StaffMember
from tests.desk.in_process import Site
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.leaving_details import contact_of, leave_details
from tests.services.notify.mail_server import MailServer, mail_server

__all__ = ["mail_server", "site", "visitors", "zoe"]


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
