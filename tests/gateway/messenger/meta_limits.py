"""Meta's documented limits of one message, as an examination of what is about to be sent."""

from __future__ import annotations

from typing import Any

from bot.gateway.messenger.lengths import length


def check_message(message: dict[str, Any]) -> None:
    """Fail when Meta would refuse the message."""
    assert set(message) <= {"text", "attachment", "quick_replies", "metadata"}
    assert ("text" in message) != ("attachment" in message)
    if "text" in message:
        assert message["text"].strip()
        assert length(message["text"]) <= 2000
    else:
        _check_template(message["attachment"])
    replies = message.get("quick_replies", [])
    assert len(replies) <= 13
    for reply in replies:
        assert reply["content_type"] == "text"
        assert 0 < length(reply["title"]) <= 20
        assert reply["title"].strip()
        assert len(reply["payload"].encode()) <= 1000


def _check_template(attachment: dict[str, Any]) -> None:
    assert attachment["type"] == "template"
    payload = attachment["payload"]
    if payload["template_type"] == "button":
        assert payload["text"].strip()
        assert length(payload["text"]) <= 640
        assert 1 <= len(payload["buttons"]) <= 3
        _check_buttons(payload["buttons"])
        return
    assert payload["template_type"] == "generic"
    assert 1 <= len(payload["elements"]) <= 10
    for element in payload["elements"]:
        assert element["title"].strip()
        assert length(element["title"]) <= 80
        assert length(element.get("subtitle", "")) <= 80
        assert "subtitle" in element or element.get("buttons")
        assert len(element.get("buttons", [])) <= 3
        _check_buttons(element.get("buttons", []))


def _check_buttons(buttons: list[dict[str, str]]) -> None:
    for button in buttons:
        assert button["title"].strip()
        assert length(button["title"]) <= 20
        if button["type"] == "web_url":
            assert button["url"].startswith(("https://", "http://"))
        else:
            assert button["type"] == "postback"
            assert 0 < len(button["payload"].encode()) <= 1000
