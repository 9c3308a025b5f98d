"""Whoever wants to be erased is, at Meta's word or at their own, wholly and with a page that says so."""

from __future__ import annotations

import httpx

from tests import messenger_payloads as meta
from tests.gateway.messenger.meta_side import Webhook, webhook
from tests.gateway.running_gateway import wait_until
from tests.messenger_payloads import PAGE

__all__ = ["webhook"]


def test_nobody_is_erased_without_metas_word_and_then_wholly_with_a_page_that_says_so(webhook: Webhook) -> None:
    psid = webhook.new_person()
    webhook.events(meta.text(PAGE, psid, "wis mij"))
    wait_until(lambda: "wis mij" in webhook.seen_by_the_brain(), 20)

    for request in ("", "x.y", meta.deletion_request(psid, "another secret")):
        assert webhook.client.post("/messenger/data-deletion", data={"signed_request": request}).status_code == 403
    assert webhook.client.post("/messenger/data-deletion", content=b"x" * 20_000).status_code == 403
    asked = webhook.client.post("/messenger/data-deletion", data={"signed_request": meta.deletion_request(psid)})

    assert asked.status_code == 200
    code, url = asked.json()["confirmation_code"], asked.json()["url"]
    assert url == f"{webhook.gateway.url}/messenger/data-deletion/{code}"
    for language, words in (
        ("fr", "Vos données sont effacées"),
        ("nl", "Je gegevens zijn gewist"),
        ("en", "is erased"),
    ):
        page = httpx.get(url, params={"language": language})
        assert page.status_code == 200
        assert words in page.text
        assert code in page.text
        assert f'<html lang="{language}">' in page.text
    assert httpx.get(f"{url[:-1]}x").status_code == 404
    assert httpx.get(url.replace(code, "../../etc")).status_code == 404
    webhook.events(meta.read(PAGE, psid))
    assert webhook.count("receipt", "unknown_person") >= 1


def test_a_person_erases_everything_at_their_own_word_after_a_question(webhook: Webhook) -> None:
    psid = webhook.new_person()
    webhook.events(meta.text(PAGE, psid, "eerste vraag"), meta.text(PAGE, psid, "Wis mijn gegevens!"))
    wait_until(lambda: "eerste vraag" in webhook.seen_by_the_brain(), 20)
    assert "Wis mijn gegevens!" not in webhook.seen_by_the_brain()

    webhook.events(meta.quick_reply(PAGE, psid, "Ja, alles wissen", "erase:yes"))

    assert webhook.count("message", "erasing") == 1
    webhook.events(meta.text(PAGE, psid, "opnieuw hier"))
    wait_until(lambda: "opnieuw hier" in webhook.seen_by_the_brain(), 20)
    turns = {turn.get("text"): turn["conversation"] for turn in webhook.gateway.turns()}
    assert turns["eerste vraag"] != turns["opnieuw hier"]
