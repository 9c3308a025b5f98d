"""Letters to visitors: in their language, sent once, kept in the history, never in a log, nothing lost on failure."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from bot.foundation.ids import uuid7
from bot.foundation.mail_settings import MailSettings
from bot.services.callback.appointments import Appointments
from bot.services.callback.callbacks import UnknownReference
from bot.services.callback.letters import GAP, TEMPLATES, Draft, Letters, NoAddress, SentAlready
from bot.services.notify.post import Post
from bot.services.notify.smtp import NotSent
from tests.services.handoff.conftest import WORDS, HandoffDoor
from tests.services.handoff.leaving_details import contact_of, leave_details
from tests.services.notify.mail_server import MailServer, serving

DRAFT = Draft("Votre question ↔ réponse", "Bonjour Ada,\n\nC'est simple : l'été.\n.\nÀ bientôt 👋")


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    with serving(server):
        yield server


def post_to(port: int, reply_to: str = "info@example.org") -> Post:
    settings = MailSettings("127.0.0.1", port, "none", None, None, "bot@centre.example", ("team@centre.example",))
    return Post(settings, lambda: reply_to)


@pytest.fixture
def letters(light: HandoffDoor, mail_server: MailServer) -> Letters:
    return Letters(light.database, WORDS, post_to(mail_server.port), light.clock)


def send(letters: Letters, reference: str, draft: Draft = DRAFT, letter_id: str | None = None) -> None:
    letters.send(reference, "zoe", letter_id or uuid7(), "answer", draft)


def test_a_letter_goes_to_the_person_with_the_right_headers(
    light: HandoffDoor, letters: Letters, mail_server: MailServer
) -> None:
    callback = leave_details(light)

    send(letters, callback.reference)

    (mail,) = mail_server.mails
    assert (mail["To"], mail["From"], mail["Reply-To"]) == (
        "ada@example.org",
        "bot@centre.example",
        "info@example.org",
    )
    assert mail["Subject"] == DRAFT.subject
    assert mail["Content-Language"] == "fr"
    assert mail["Message-ID"].endswith("@centre.example>")
    assert mail["Auto-Submitted"] is None
    assert mail.get_content_charset() == "utf-8"
    assert mail.get_content().splitlines() == DRAFT.body.splitlines()
    shown = light.callbacks.show(callback.reference)
    (act,) = shown.acts
    assert (act.kind, act.by, act.at) == ("letter", "zoe", light.clock())
    assert act.detail == {"template": "answer", "to": "ada@example.org", "subject": DRAFT.subject, "body": DRAFT.body}
    assert shown.heard_at == light.clock()


@pytest.mark.parametrize(
    "subject",
    ["Hello\r\nBcc: everybody@example.org", "Hello\nX-Other: 1", "Hello\r\n\r\nAnother body", "Hello\x0bBcc: a@b.be"],
)
def test_a_subject_makes_no_other_header(
    light: HandoffDoor, letters: Letters, mail_server: MailServer, subject: str
) -> None:
    send(letters, leave_details(light).reference, Draft(subject, "Text"))

    (mail,) = mail_server.mails
    assert mail["Subject"] == " ".join(subject.split())
    assert mail["Bcc"] is None
    assert mail["X-Other"] is None
    assert mail["To"] == "ada@example.org"
    assert mail.get_content().strip() == "Text"


@pytest.mark.parametrize("to", ["a@b.be, c@d.be", "a@b.be\r\nBcc: c@d.be", "Ada <a@b.be>", "nobody", ""])
def test_an_address_that_is_not_one_address_gets_no_letter(mail_server: MailServer, to: str) -> None:
    with pytest.raises(NotSent):
        post_to(mail_server.port).send(to, "Subject", "Text", "fr")

    assert mail_server.mails == []


def test_without_an_address_of_the_centre_answers_go_to_the_mailbox_of_the_staff(mail_server: MailServer) -> None:
    post_to(mail_server.port, "").send("ada@example.org", "Subject", "Text", "fr")

    assert mail_server.mails[0]["Reply-To"] == "team@centre.example"


def test_a_server_that_refuses_keeps_nothing_and_the_same_form_can_be_sent_later(
    light: HandoffDoor, letters: Letters, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    callback, letter_id = leave_details(light), uuid7()
    mail_server.refuses = True

    with caplog.at_level(logging.DEBUG), pytest.raises(NotSent) as failed:
        send(letters, callback.reference, letter_id=letter_id)

    assert "Ada" not in str(failed.value) + caplog.text
    shown = light.callbacks.show(callback.reference)
    assert (shown.acts, shown.heard_at) == ((), None)
    mail_server.refuses = False
    send(letters, callback.reference, letter_id=letter_id)
    assert len(mail_server.mails) == 1


def test_without_a_server_or_with_one_that_is_down_it_is_not_sent(light: HandoffDoor) -> None:
    callback = leave_details(light)

    for post in (None, post_to(1)):
        letters = Letters(light.database, WORDS, post, light.clock)
        assert letters.is_set_up == (post is not None)
        with pytest.raises(NotSent):
            send(letters, callback.reference)

    assert light.callbacks.show(callback.reference).acts == ()


def test_a_form_that_is_sent_twice_at_once_sends_one_letter(
    light: HandoffDoor, letters: Letters, mail_server: MailServer
) -> None:
    callback, letter_id = leave_details(light), uuid7()
    barrier, refused = threading.Barrier(4), list[type]()

    def click() -> None:
        barrier.wait()
        try:
            send(letters, callback.reference, letter_id=letter_id)
        except SentAlready as error:
            refused.append(type(error))

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 3
    assert len(mail_server.mails) == 1
    assert [act.kind for act in light.callbacks.show(callback.reference).acts] == ["letter"]


def test_who_left_a_number_gets_no_letter(light: HandoffDoor, letters: Letters, mail_server: MailServer) -> None:
    with pytest.raises(NoAddress):
        send(letters, leave_details(light, "telephone").reference)
    with pytest.raises(UnknownReference):
        send(letters, "AAA-AAA")

    assert mail_server.mails == []


def test_who_is_erased_is_in_no_letter_and_no_history(light: HandoffDoor, letters: Letters) -> None:
    callback = leave_details(light)
    send(letters, callback.reference)

    light.service.erase(contact_of(light, callback))

    with pytest.raises(UnknownReference):
        light.callbacks.show(callback.reference)
    with pytest.raises(UnknownReference):
        send(letters, callback.reference)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_filled_in_the_language_of_the_person(
    light: HandoffDoor, letters: Letters, template: str, language: str
) -> None:
    callback = leave_details(light, "video", language, question="What costs {name} {counsellor}\nand {freephone}?")
    moment = datetime(2026, 12, 3, 13, 30, tzinfo=timezone.utc)
    Appointments(light.database, light.clock).appoint(callback.reference, "zoe", moment, "wished", False)
    callback = light.callbacks.show(callback.reference)

    draft = letters.draft(callback, template, "Zoé {name}")

    text = f"{draft.subject}\n{draft.body}"
    assert callback.reference in draft.subject
    assert {"fr": "Bonjour Ada Lovelace,", "nl": "Dag Ada Lovelace,", "en": "Hello Ada Lovelace,"}[language] in text
    assert "What costs {name} {counsellor} and {freephone}?" in text, "a person's own words stay as they are"
    assert "0800 555 66" in text
    rest = text.replace("What costs {name} {counsellor} and {freephone}?", "")
    assert "{" not in rest
    assert (GAP in text) == (template == "answer")
    assert (draft.fault() == "gap") == (template == "answer")
    if template == "appointment":
        when = {
            "fr": "jeudi 3 décembre à 14 h 30",
            "nl": "donderdag 3 december om 14.30 u.",
            "en": "Thursday 3 December, 2.30 pm",
        }
        assert when[language] in text


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        (Draft("", "Text"), "empty"),
        (Draft("Subject", " \n "), "empty"),
        (Draft("s" * 151, "Text"), "too_long"),
        (Draft("Subject", "t" * 8001), "too_long"),
        (Draft("Subject", f"Dear Ada, {GAP}"), "gap"),
        (Draft("Subject", "Text"), None),
    ],
)
def test_what_cannot_go_out_is_named(draft: Draft, fault: str | None) -> None:
    assert draft.fault() == fault
