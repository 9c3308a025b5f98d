"""Appointments for callbacks at the desk: told once to whoever can be told, and nothing that is written is lost."""

from __future__ import annotations

import re

import pytest

from tests.desk.callback_desk import appoint, in_days, letter_in, page_of, site, visitors, zoe
from tests.desk.counsellor import StaffMember
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.leaving_details import leave_details
from tests.services.notify.mail_server import MailServer, mail_server

__all__ = ["mail_server", "site", "visitors", "zoe"]


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
