"""What people write and tap on Messenger is read into what it means."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.services.messenger.happenings import (
    CameBy,
)
from tests import messenger_payloads as meta
from tests.gateway.messenger.reading import one, said
from tests.messenger_payloads import OTHER_PAGE, PAGE


def test_words_are_cleaned_as_in_the_web_chat() -> None:
    found = said(meta.text(PAGE, "7", " a\r\nb\x00\u202e\ud83d ", mid="m_1"))

    assert (found.client_id, found.text, found.choice) == ("m_1", "a\nb\N{REPLACEMENT CHARACTER}", None)
    assert found.thread.at is not None
    assert abs(found.thread.at - datetime.now(timezone.utc)) < timedelta(minutes=1)


def test_a_very_long_text_keeps_its_beginning_with_a_mark() -> None:
    words = said(meta.text(PAGE, "7", "é" * 20_000)).text

    assert words == "é" * 1000 + "…"
    assert said(meta.text(PAGE, "7", "é" * 1000)).text == "é" * 1000


@pytest.mark.parametrize("words", ["", "   ", "\u200b\u200d\ufe0f", "\x00"])
def test_a_text_that_nobody_can_see_is_noted_as_empty(words: str) -> None:
    assert said(meta.text(PAGE, "7", words)).choice == "received:empty"


def test_a_button_is_its_choice_with_its_title() -> None:
    for event in (
        meta.quick_reply(PAGE, "7", "Adresse", "topic:centre/address_and_access"),
        meta.postback(PAGE, "7", "Adresse", "topic:centre/address_and_access"),
    ):
        found = said(event)
        assert (found.choice, found.choice_title, found.text) == ("topic:centre/address_and_access", "Adresse", None)


@pytest.mark.parametrize("payload", [None, "", "DEVELOPER_DEFINED", "topic:../x", "received:image", 7, ["help"]])
def test_a_button_that_is_none_of_ours_counts_as_its_title_typed(payload: Any) -> None:
    for event in (
        meta.quick_reply(PAGE, "7", "Nos formations", payload),
        meta.postback(PAGE, "7", "Nos formations", payload),
    ):
        found = said(event)
        assert (found.text, found.choice) == ("Nos formations", None)


def test_a_button_without_anything_is_noted_as_gone() -> None:
    empty = meta.from_person(PAGE, "7", message={"mid": "m_1", "quick_reply": {"payload": "old"}})

    assert said(meta.postback(PAGE, "7", "", None)).choice == "received:gone"
    assert said(empty).choice == "received:gone"


def test_a_button_without_an_id_has_the_same_one_each_time() -> None:
    event = meta.postback(PAGE, "7", "Aide", "help", mid=None)
    other = {**event, "timestamp": event["timestamp"] + 1}

    assert said(event).client_id == said(event).client_id
    assert said(event).client_id != said(other).client_id
    assert len(said(event).client_id) <= 128


@pytest.mark.parametrize("payload", ["get_started", "GET_STARTED", "Get Started"])
def test_get_started_is_greeted_with_the_theme_of_the_page(payload: str) -> None:
    assert said(meta.postback(PAGE, "7", "Get Started", payload)).choice == "start"
    assert said(meta.postback(OTHER_PAGE, "7", "Get Started", payload), OTHER_PAGE).choice == "start:guidance"


def test_a_link_names_language_and_topic_with_get_started_or_alone() -> None:
    ref = meta.link_referral("lang-nl.topic-centre-opening_hours")

    for event in (
        meta.postback(PAGE, "7", "Get Started", "get_started", referral=ref),
        meta.referral(PAGE, "7", ref),
    ):
        found = said(event)
        assert (found.language, found.choice) == ("nl", "topic:centre/opening_hours")
    greeted = said(meta.postback(PAGE, "7", "Get Started", "get_started", referral=meta.link_referral("nl")))
    assert (greeted.language, greeted.choice) == ("nl", "start")
    ad = one(meta.referral(PAGE, "7", meta.ad_referral("fr")))
    assert ad == CameBy(ad.thread, "fr")
    nothing = one(meta.referral(PAGE, "7", meta.ad_referral("spring")))
    assert nothing == CameBy(nothing.thread, None)


def test_words_beside_a_link_are_what_counts() -> None:
    found = said(meta.text(PAGE, "7", "Bonjour", referral=meta.ad_referral("nl.topic-centre-opening_hours")))

    assert (found.text, found.choice, found.language) == ("Bonjour", None, "nl")


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("image", "image"),
        ("video", "video"),
        ("audio", "audio"),
        ("file", "file"),
        ("location", "location"),
        ("fallback", "link"),
        ("reel", "link"),
        ("hologram", "other"),
    ],
)
def test_what_cannot_be_read_is_noted_by_kind(kind: str, what: str) -> None:
    found = said(meta.attachment(PAGE, "7", kind))

    assert (found.choice, found.text) == (f"received:{what}", None)


def test_words_with_a_picture_are_what_is_answered() -> None:
    found = said(meta.attachment(PAGE, "7", "image", "Mon diplôme"))

    assert (found.text, found.choice) == ("Mon diplôme", None)


def test_a_thumb_is_a_vote_and_another_sticker_is_a_sticker() -> None:
    thumb = meta.attachment(PAGE, "7", "sticker")
    old = meta.from_person(
        PAGE,
        "7",
        message={
            "mid": "m",
            "sticker_id": 369239383222810,
            "attachments": [{"type": "image", "payload": {"url": "x"}}],
        },
    )
    cat = meta.attachment(PAGE, "7", "sticker")
    cat["message"]["sticker_id"] = cat["message"]["attachments"][0]["payload"]["sticker_id"] = 126361874215276

    for event in (thumb, old):
        assert (said(event).choice, said(event).choice_title) == ("feedback:up", "\N{THUMBS UP SIGN}")
    assert said(cat).choice == "received:sticker"
