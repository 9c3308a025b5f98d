"""The reply structure survives the way through JSON."""

from __future__ import annotations

import json

import pytest

from bot.foundation.reply import Card, Cards, Choice, Choices, Link, Reply, Text, reply_from_dict


def test_a_reply_with_every_part_comes_back_as_it_was() -> None:
    parts = (
        Text("**Oui**, [site](https://x.be)"),
        Choices((Choice("human", "Praten"),)),
        Link("Site", "https://x.be"),
        Cards((Card("CV", ("jeudi", "en ligne"), "https://x.be", (Choice("human", "?"),)),)),
        Cards((Card("CV", links=(Link("Agenda", "/activities/1.ics"),), mark="annulée", language="fr"),)),
    )
    reply = Reply("nl", parts, topic="centre/languages", as_of="2020-11")

    assert reply_from_dict(json.loads(json.dumps(reply.as_dict()))) == reply


def test_a_card_that_was_stored_without_links_can_still_be_read() -> None:
    card: dict[str, object] = {"title": "CV", "lines": [], "url": None, "choices": []}

    reply = reply_from_dict({"language": "fr", "parts": [{"kind": "cards", "items": [card]}]})

    assert reply.parts == (Cards((Card("CV"),)),)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(ValueError, match="video"):
        reply_from_dict({"language": "fr", "parts": [{"kind": "video"}]})
