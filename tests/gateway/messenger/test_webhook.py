"""The webhook of a running gateway: who is let in, what is acknowledged, what the bot then does. Both databases."""

from __future__ import annotations

import hashlib
import hmac

import httpx
import pytest

from tests import messenger_payloads as meta
from tests.gateway.messenger.meta_side import Webhook, webhook
from tests.gateway.running_gateway import wait_until
from tests.graph_double.__main__ import VERIFY_TOKEN
from tests.messenger_payloads import OTHER_APP, PAGE, SECRET, STRANGE_PAGE

__all__ = ["webhook"]


def test_meta_is_verified_by_its_token(webhook: Webhook) -> None:
    def verify(**changes: str) -> httpx.Response:
        asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444", **changes}
        return webhook.client.get("/messenger/webhook", params=asked)

    good = verify()
    assert (good.status_code, good.text) == (200, "1158201444")
    assert good.headers["content-type"].startswith("text/plain")
    for changes in (
        {"hub.verify_token": "wrong"},
        {"hub.verify_token": ""},
        {"hub.verify_token": VERIFY_TOKEN.upper()},
        {"hub.verify_token": "é\ud7ff"},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
        {"hub.challenge": "<script>"},
    ):
        assert verify(**changes).status_code == 403
    assert webhook.client.get("/messenger/webhook").status_code == 403


def test_only_what_the_app_signed_is_let_in(webhook: Webhook) -> None:
    psid = webhook.new_person()
    body = meta.raw(meta.body(meta.text(PAGE, psid, "vals")))
    good = meta.signed(body)["X-Hub-Signature-256"]
    other = hmac.new(b"another secret", body, hashlib.sha256).hexdigest()

    for headers in (
        {},
        {"X-Hub-Signature": meta.signed(body)["X-Hub-Signature"]},
        {"X-Hub-Signature": good},
        {"X-Hub-Signature-256": meta.signed(body)["X-Hub-Signature"]},
        {"X-Hub-Signature-256": "sha256=" + good[7:].upper()},
        {"X-Hub-Signature-256": f"sha256={other}"},
        {"X-Hub-Signature-256": "foo=1"},
    ):
        assert webhook.post(body, headers).status_code == 403
    empty = hmac.new(SECRET.encode(), b"", hashlib.sha256).hexdigest()
    assert webhook.post(b"", {"X-Hub-Signature-256": f"sha256={empty}"}).status_code == 403
    assert webhook.post(body.replace(b"vals", b"echt"), {"X-Hub-Signature-256": good}).status_code == 403
    assert "vals" not in webhook.seen_by_the_brain()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe", 400),
        (b'{"object": "page"}', 200),
        (b'{"object": "page", "entry": 7}', 200),
        (b'{"object": "instagram", "entry": []}', 404),
        (b'{"object": "user"}', 404),
        (b"{}", 404),
        (b'{"object": "page", "entry": [' + b" " * (4 * 1024 * 1024) + b"]}", 413),
    ],
)
def test_a_signed_body_that_is_none_is_refused_without_any_harm(webhook: Webhook, body: bytes, status: int) -> None:
    assert webhook.post(body).status_code == status


def test_a_body_without_a_length_is_limited_too(webhook: Webhook) -> None:
    pieces = (b" " * 65536 for _ in range(80))
    headers = {"X-Hub-Signature-256": "sha256=" + "0" * 64}

    answer = webhook.client.post("/messenger/webhook", content=pieces, headers=headers)

    assert answer.status_code in (403, 413)


def test_every_event_of_a_batch_is_answered_once_and_in_order_also_when_meta_repeats_it(webhook: Webhook) -> None:
    one, two = webhook.new_person(), webhook.new_person()
    words = [f"batch {number}" for number in range(5)]
    entries = [
        meta.entry([meta.text(PAGE, one, word) for word in words[:3]] + [meta.text(PAGE, two, "ander")]),
        meta.entry([meta.unknown(PAGE, one), {"message": 1}]),
        meta.entry([meta.text(PAGE, one, word) for word in words[3:]]),
        meta.entry([meta.text(STRANGE_PAGE, one, "elders")], STRANGE_PAGE),
    ]
    for number, event in enumerate(one for entry in entries for one in entry["messaging"] if "timestamp" in one):
        event["timestamp"] += number
    body = meta.batch(*entries)

    for _ in range(3):
        assert webhook.post(body).status_code == 200

    wait_until(lambda: len(_of(webhook, "batch")) >= 5 and "ander" in webhook.seen_by_the_brain(), 30)
    assert _of(webhook, "batch") == words
    assert webhook.seen_by_the_brain().count("ander") == 1
    assert "elders" not in webhook.seen_by_the_brain()
    assert webhook.count("entry", "unknown_page") == 3
    assert webhook.count("unknown", "not_needed") == 3
    assert webhook.count("message", "repeated") == 12


def test_a_button_becomes_its_choice_and_an_old_one_its_words(webhook: Webhook) -> None:
    psid = webhook.new_person()

    webhook.events(meta.quick_reply(PAGE, psid, "Adresse", "topic:centre/address_and_access"))
    webhook.events(meta.postback(PAGE, psid, "Oude knop", "OLD_PAYLOAD"))

    wait_until(lambda: "Oude knop" in webhook.seen_by_the_brain(), 20)
    assert "topic:centre/address_and_access" in webhook.seen_by_the_brain()


def test_a_picture_and_get_started_are_answered_without_the_brain(webhook: Webhook) -> None:
    psid = webhook.new_person()
    before = len(webhook.seen_by_the_brain())

    webhook.events(
        meta.postback(PAGE, psid, "Get Started", "get_started", referral=meta.link_referral("nl")),
        meta.attachment(PAGE, psid, "image"),
        meta.attachment(PAGE, psid, "sticker"),
    )

    wait_until(lambda: len(webhook.told(psid)) == 3, 20)
    hello, picture, thumb = webhook.told(psid)
    assert hello.startswith("Dag")
    assert picture.startswith("Ik kan geen foto's bekijken.")
    assert thumb.startswith("Bedankt voor je mening.")
    assert len(webhook.seen_by_the_brain()) == before


def test_a_form_asks_again_after_a_picture(webhook: Webhook) -> None:
    psid = webhook.new_person()
    webhook.events(meta.quick_reply(PAGE, psid, "Formulaire", "callback:start"))
    wait_until(lambda: len(webhook.told(psid)) == 1, 20)
    (step,) = webhook.told(psid)

    webhook.events(meta.attachment(PAGE, psid, "image"))

    wait_until(lambda: len(webhook.told(psid)) == 2, 20)
    assert webhook.told(psid)[1].startswith("Je ne peux pas regarder les photos.")
    assert step.splitlines()[-1] in webhook.told(psid)[1]


def test_a_text_of_twenty_thousand_characters_is_read_at_its_beginning(webhook: Webhook) -> None:
    webhook.events(meta.text(PAGE, webhook.new_person(), "lang " * 4000))

    wait_until(lambda: bool(_of(webhook, "lang ")), 20)
    assert len(_of(webhook, "lang ")[0]) == 1001


def test_the_bot_is_silent_while_staff_answers_in_the_inbox(webhook: Webhook) -> None:
    psid = webhook.new_person()

    webhook.events(meta.echo(PAGE, psid, "Ici Zoé", None), meta.text(PAGE, psid, "merci zoé"))
    webhook.events(meta.text(PAGE, psid, "looked on"), channel="standby")
    webhook.events(meta.thread_control(PAGE, psid, "pass_thread_control", OTHER_APP, meta.APP))
    webhook.events(meta.text(PAGE, psid, "de retour"))

    wait_until(lambda: "de retour" in webhook.seen_by_the_brain(), 20)
    assert not {"merci zoé", "looked on"} & set(webhook.seen_by_the_brain())


def test_a_message_taken_back_or_changed_while_the_brain_is_away(webhook: Webhook) -> None:
    psid = webhook.new_person()
    webhook.gateway.stop_brain()
    try:
        webhook.events(
            meta.text(PAGE, psid, "eerste versie", mid="m_edit"), meta.text(PAGE, psid, "geheim", mid="m_secret")
        )
        wait_until(lambda: "faqbot_brain_away_total 0.0" not in webhook.gateway.figures(), 20)
        webhook.events(meta.quick_reply(PAGE, psid, "Praten", "human"))
        wait_until(lambda: '"decision": "handoff"' in webhook.log(), 20)
        webhook.events(meta.edit(PAGE, psid, "m_edit", "tweede versie"), meta.unsend(PAGE, psid, "m_secret"))
    finally:
        webhook.gateway.start_brain()
    webhook.events(meta.text(PAGE, psid, "derde"))

    wait_until(lambda: "derde" in webhook.seen_by_the_brain(), 30)
    assert "tweede versie" in webhook.seen_by_the_brain()
    assert not {"eerste versie", "geheim"} & set(webhook.seen_by_the_brain())


def test_figures_and_logs_name_nobody(webhook: Webhook) -> None:
    psid = webhook.new_person()
    webhook.events(meta.text(PAGE, psid, "geheim verhaal"), meta.text(STRANGE_PAGE, psid, "x"))
    wait_until(lambda: "geheim verhaal" in webhook.seen_by_the_brain(), 20)

    for text in (webhook.log(), webhook.gateway.figures()):
        assert psid not in text
        assert "geheim" not in text
        assert SECRET not in text


def _of(webhook: Webhook, start: str) -> list[str]:
    return [words for words in webhook.seen_by_the_brain() if words.startswith(start)]
