"""Whether Meta would take a message: the documented limits of text, quick replies, button and generic template.

A character that needs two units of UTF-16 (an emoji) counts twice: Meta does not say how it counts, and what fits so
fits in any count.
"""

from __future__ import annotations

import re
from typing import Any

from tests.graph_double.errors import GraphError, parameter, too_long, too_many

TEXT, QUICK_REPLIES, TITLE, PAYLOAD, METADATA = 2000, 13, 20, 1000, 1000
BUTTONS, BUTTON_TEXT = 3, 640
ELEMENTS, ELEMENT_TITLE, ELEMENT_SUBTITLE = 10, 80, 80
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_MEDIA = {"image", "audio", "video", "file"}


def check_message(message: Any) -> None:
    """Raises GraphError for what Meta would refuse."""
    if not isinstance(message, dict):
        raise parameter("param message must be an object.")
    attachment = message.get("attachment")
    if "text" in message and attachment is not None:
        raise parameter("Message cannot have both text and attachment.")
    if attachment is not None:
        _check_attachment(attachment)
    else:
        _check_text(
            message.get("text"),
            "message[text]",
            TEXT,
            "Message cannot be empty, must provide valid attachment or text",
        )
    if message.get("metadata") is not None:
        _check_text(message["metadata"], "message[metadata]", METADATA)
    if "quick_replies" in message:
        _check_quick_replies(message["quick_replies"])


def length(text: str) -> int:
    """In units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _check_text(text: Any, name: str, most: int, when_empty: str | None = None) -> None:
    if not isinstance(text, str) or not text.strip():
        raise parameter(when_empty or f"param {name} must be non-empty.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise parameter(f"param {name} must be a UTF-8 encoded string.") from error
    if length(text) > most:
        raise too_long(name, most)


def _check_quick_replies(replies: Any) -> None:
    if not isinstance(replies, list) or not replies:
        raise parameter("param message[quick_replies] must be a non-empty array.")
    if len(replies) > QUICK_REPLIES:
        raise too_many("message[quick_replies]")
    for number, reply in enumerate(replies):
        name = f"message[quick_replies][{number}]"
        kind = reply.get("content_type") if isinstance(reply, dict) else None
        if kind not in {"text", "user_phone_number", "user_email"}:
            raise parameter(f"Param {name}[content_type] must be one of {{TEXT, USER_PHONE_NUMBER, USER_EMAIL}}")
        if kind == "text":
            _check_text(reply.get("title"), f"{name}[title]", TITLE)
            _check_text(reply.get("payload"), f"{name}[payload]", PAYLOAD)


def _check_attachment(attachment: Any) -> None:
    kind = attachment.get("type") if isinstance(attachment, dict) else None
    payload = attachment.get("payload") if isinstance(attachment, dict) else None
    if not isinstance(payload, dict):
        raise parameter("param message[attachment][payload] must be an object.")
    if kind in _MEDIA:
        _check_address(payload.get("url"), "message[attachment][payload][url]")
    elif kind == "template" and payload.get("template_type") == "button":
        _check_button_template(payload)
    elif kind == "template" and payload.get("template_type") == "generic":
        _check_generic_template(payload)
    else:
        raise parameter("Invalid attachment or template type.")


def _check_button_template(payload: dict[str, Any]) -> None:
    _check_text(payload.get("text"), "message[attachment][payload][text]", BUTTON_TEXT)
    if not payload.get("buttons"):
        raise parameter("param message[attachment][payload][buttons] must be non-empty.")
    _check_buttons(payload["buttons"], "message[attachment][payload][buttons]")


def _check_generic_template(payload: dict[str, Any]) -> None:
    elements = payload.get("elements")
    if not isinstance(elements, list) or not elements:
        raise parameter("param message[attachment][payload][elements] must be non-empty.")
    if len(elements) > ELEMENTS:
        raise too_many("message[attachment][payload][elements]")
    for number, element in enumerate(elements):
        name = f"message[attachment][payload][elements][{number}]"
        _check_text(element.get("title"), f"{name}[title]", ELEMENT_TITLE)
        if not set(element) & {"subtitle", "image_url", "default_action", "buttons"}:
            raise parameter(f"At least one property must be set in addition to title in {name}.")
        if "subtitle" in element:
            _check_text(element["subtitle"], f"{name}[subtitle]", ELEMENT_SUBTITLE)
        if "image_url" in element:
            _check_address(element["image_url"], f"{name}[image_url]")
        if "default_action" in element:
            _check_default_action(element["default_action"], f"{name}[default_action]")
        if "buttons" in element:
            _check_buttons(element["buttons"], f"{name}[buttons]")


def _check_default_action(action: Any, name: str) -> None:
    if not isinstance(action, dict) or action.get("type") != "web_url":
        raise parameter(f"Param {name}[type] must be one of {{WEB_URL}}")
    if "title" in action:
        raise parameter(f'Invalid keys "title" were found in param "{name}".')
    _check_address(action.get("url"), f"{name}[url]")


def _check_buttons(buttons: Any, name: str) -> None:
    if not isinstance(buttons, list) or not buttons:
        raise parameter(f"param {name} must be a non-empty array.")
    if len(buttons) > BUTTONS:
        raise too_many(name)
    for number, button in enumerate(buttons):
        check_button(button, f"{name}[{number}]", TITLE)


def check_button(button: Any, name: str, longest_title: int) -> None:
    """One button of a template or of the menu. Raises GraphError."""
    kind = button.get("type") if isinstance(button, dict) else None
    if kind not in {"web_url", "postback", "phone_number"}:
        raise parameter(f"Param {name}[type] must be one of {{WEB_URL, POSTBACK, PHONE_NUMBER}}")
    _check_text(button.get("title"), f"{name}[title]", longest_title)
    if kind == "web_url":
        _check_address(button.get("url"), f"{name}[url]")
    else:
        _check_text(button.get("payload"), f"{name}[payload]", PAYLOAD)


def _check_address(address: Any, name: str) -> None:
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        raise parameter(f"param {name} should be a valid URL.")


def check_text(text: Any, name: str, most: int) -> None:
    """A text of the page's profile. Raises GraphError."""
    _check_text(text, name, most)


__all__ = ["GraphError", "check_button", "check_message", "check_text", "length"]
