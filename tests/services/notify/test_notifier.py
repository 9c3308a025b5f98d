"""Staff are told once by each way that is set up; nothing is lost while a server is down; no name goes to Slack."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.foundation.mail_settings import MailSettings
from bot.services.notify.channels import Channel, Mail, Slack
from bot.services.notify.notifier import Notifier
from bot.services.notify.words import Words
from bot.store import staff_notice_rows
from tests.services.handoff.conftest import WORDS, HandoffDoor
from tests.services.handoff.filling_in import fill_in
from tests.services.notify.mail_server import MailServer, Webhook, serving


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    server = Webhook()
    with serving(server):
        yield server


def mail_to(port: int) -> Mail:
    return Mail(MailSettings("127.0.0.1", port, "none", None, None, "bot@example.org", ("team@example.org",)))


@pytest.fixture
def notifier(light: HandoffDoor, mail_server: MailServer, webhook: Webhook) -> Notifier:
    channels: dict[str, Channel] = {"email": mail_to(mail_server.port), "slack": Slack(webhook.url)}
    return Notifier(light.database, WORDS, channels, light.clock)


def leave_details(desk: HandoffDoor) -> str:
    contact = desk.new_contact()
    fill_in(desk, contact)
    desk.told(contact, choice="callback:send")
    return contact


def test_a_callback_reaches_the_mailbox_with_what_is_needed_and_slack_without_a_name(
    light: HandoffDoor, notifier: Notifier, mail_server: MailServer, webhook: Webhook
) -> None:
    leave_details(light)
    (kept,) = light.callbacks.list()

    assert notifier.run() == 2
    assert notifier.run() == 0

    (mail,) = mail_server.mails
    assert mail["Subject"] == f"Rappel demandé : {kept.reference}"
    assert mail["To"] == "team@example.org"
    text = mail.get_content()
    for words in ("Ada Lovelace", "+33 6 12 34 56 78", "Le matin", "How do I become a teacher?", kept.reference):
        assert words in text
    assert "dimanche 29 novembre à 10 h" in text
    (posted,) = webhook.texts
    assert kept.reference in posted
    for words in ("Ada", "+33", "teacher"):
        assert words not in posted


def test_a_server_that_is_down_is_a_warning_and_the_notice_goes_out_later(
    light: HandoffDoor, notifier: Notifier, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.refuses = True
    leave_details(light)

    with caplog.at_level(logging.ERROR, logger="faqbot"):
        assert notifier.run() == 1
    assert notifier.failing() == {"email": 1}
    assert "staff_notice_failed" in caplog.text
    assert "Ada" not in caplog.text
    assert notifier.run() == 0  # not again at once

    mail_server.refuses = False
    light.clock.pass_minutes(1.1)
    assert notifier.run() == 1
    assert notifier.failing() == {}
    assert len(mail_server.mails) == 1


def test_a_notice_that_is_on_its_way_for_the_first_time_has_not_failed(light: HandoffDoor) -> None:
    leave_details(light)
    told: list[dict[str, int]] = []

    class Slow:
        def send(self, words: Words) -> None:
            told.append(own.failing())

    own = Notifier(light.database, WORDS, {"email": Slow()}, light.clock)

    assert own.run() == 1

    assert told == [{}]
    assert own.failing() == {}


def test_without_a_mail_server_at_all_visitors_notice_nothing(light: HandoffDoor) -> None:
    leave_details(light)
    notifier = Notifier(light.database, WORDS, {"email": mail_to(1)}, light.clock)

    assert notifier.run() == 0

    assert notifier.failing() == {"email": 1}
    assert len(light.callbacks.list()) == 1


def test_without_any_way_notices_are_dropped(light: HandoffDoor) -> None:
    leave_details(light)
    notifier = Notifier(light.database, WORDS, {}, light.clock)

    assert notifier.run() == 0

    assert light.notices() == []


def test_what_nobody_needs_any_more_is_not_told(
    light: HandoffDoor, notifier: Notifier, mail_server: MailServer
) -> None:
    leave_details(light)
    (kept,) = light.callbacks.list()
    light.callbacks.done(kept.reference, "jan", "answered")
    erased = leave_details(light)
    reference = light.callbacks.list()[0].reference
    light.service.erase(erased)

    notifier.run()

    assert [mail["Subject"] for mail in mail_server.mails] == [f"Rappel retiré : {reference}"]
    assert "Ada" not in mail_server.mails[0].get_content()


def test_reminders_and_missed_ones_carry_no_personal_data(
    light: HandoffDoor, notifier: Notifier, mail_server: MailServer
) -> None:
    leave_details(light)
    for hours in (37, 12):
        light.clock.pass_minutes(60 * hours)
        light.upkeep.run()
        notifier.run()

    told = {mail["Subject"].split(" :")[0]: mail.get_content() for mail in mail_server.mails}
    assert set(told) == {"Rappel demandé", "Rappel encore ouvert", "Délai dépassé"}
    assert "Ada" not in told["Rappel encore ouvert"] + told["Délai dépassé"]


def test_somebody_who_waits_is_told_only_while_they_wait(
    light: HandoffDoor, notifier: Notifier, mail_server: MailServer
) -> None:
    light.presence.come("jan", "Jan", ["en"])
    staying, leaving = light.new_contact(), light.new_contact()
    light.told(staying, choice="human")
    light.told(leaving, choice="human")
    light.told(leaving, choice="handoff:cancel")

    notifier.run()

    assert [mail["Subject"] for mail in mail_server.mails] == ["Somebody is waiting in the chat"]


def test_two_senders_at_once_tell_it_once(light: HandoffDoor, notifier: Notifier, mail_server: MailServer) -> None:
    leave_details(light)
    other = Notifier(light.database, WORDS, {"email": mail_to(mail_server.port)}, light.clock)
    with light.database.reading() as connection:
        due = staff_notice_rows.due(connection, light.clock(), 10)

    mine = next(row for row in due if row.channel == "email")
    assert notifier._send(mine)
    assert not other._send(mine)
    assert len(mail_server.mails) == 1


def test_with_an_address_of_the_site_a_notice_leads_to_the_page_of_the_desk(
    light: HandoffDoor, mail_server: MailServer, webhook: Webhook
) -> None:
    channels: dict[str, Channel] = {"email": mail_to(mail_server.port), "slack": Slack(webhook.url)}
    notifier = Notifier(light.database, WORDS, channels, light.clock, "https://bot.example.org")
    leave_details(light)
    (kept,) = light.callbacks.list()
    light.presence.come("jan", "Jan", ["en"])
    light.told(light.new_contact(), choice="human")
    (waits,) = light.handoffs.list_waiting()

    notifier.run()

    callback = f"https://bot.example.org/desk/callbacks/{kept.reference}"
    talk = f"https://bot.example.org/desk/talks/{waits.handoff_id}"
    mailed = [mail.get_content() for mail in mail_server.mails]
    for told in (mailed, webhook.texts):
        assert callback in told[0]
        assert "faqbot callbacks" not in told[0]
        assert talk in told[1]
