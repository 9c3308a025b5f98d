"""Turns stored events into what the widget shows: Markdown of answers to sanitised HTML, the rest plain text."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

import nh3

from bot.foundation.languages import language_or_none
from bot.gateway.plain_text import MARKDOWN
from bot.gateway.words import GatewayWords
from bot.services.conversations.records import Event

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
_ATTRIBUTES = {"a": {"href", "target", "rel"}}
_SCHEMES = {"https", "http", "mailto", "tel"}

#: A whole address in a person's words; the sign that ends a sentence is no part of it.
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]*[^\s<>\"'\\^`{|}.,;:!?()\[\]…»]")

#: In French a sign such as a colon stands after a space, and never begins a line.
_SPACE_THAT_STAYS = re.compile(r"(?<=«) | (?=[:;?!»](?!\w))")


@lru_cache(maxsize=2048)
def html_of(markdown: str) -> str:
    """Safe HTML of an answer. Links open in a new window that cannot reach back."""
    raw = MARKDOWN.render(_SPACE_THAT_STAYS.sub("\u00a0", markdown)).strip()
    return nh3.clean(
        raw,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


class Rendering:
    """Knows the words of the door; one per process."""

    def __init__(self, words: GatewayWords) -> None:
        self._words = words

    def event(self, event: Event) -> dict[str, Any]:
        """The data of an event as the widget takes it."""
        return self.message(event.payload) if event.kind == "message" else event.payload

    def message(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A message: a visitor's words as plain text, an answer as parts."""
        role, reply = payload["role"], payload.get("reply")
        language = language_or_none(payload.get("language")) or language_or_none((reply or {}).get("language"))
        data: dict[str, Any] = {
            "id": payload["id"],
            "role": role,
            "language": language,
            "at": payload["at"],
            "can_rate": role == "bot" and bool(payload.get("topic")),
        }
        if role == "visitor":
            return {**data, "client_id": payload["client_id"], "text": payload["text"] or ""}
        spoken = language or "fr"
        data["author"] = self._author(role, spoken)
        is_typed = role == "counsellor" and not payload.get("topic")
        data["parts"] = [_part(part, is_typed) for part in (reply or {}).get("parts", [])]
        as_of = self._words.as_of(payload.get("as_of"), spoken)
        optional = {
            "topic": payload.get("topic"),
            "as_of": as_of,
            "rating": payload.get("rating"),
            "in_reply_to": payload.get("in_reply_to"),
        }
        return {**data, **{key: value for key, value in optional.items() if value}}

    def _author(self, role: str, language: str) -> str:
        if role == "counsellor":
            return self._words.say("gateway_counsellor", language)
        return self._words.content.centre["assistant_name"][language]


def _part(part: dict[str, Any], is_typed: bool) -> dict[str, Any]:
    """A part of an answer; what is no Markdown is already plain and is set as text by the widget."""
    if part["kind"] != "text":
        return part
    markdown = part["markdown"]
    # A person's words are never read as Markdown; an answer of the bot is, also when a person sends it.
    return {"kind": "text", "html": _plain(markdown) if is_typed else html_of(markdown)}


def _plain(text: str) -> str:
    return "<p>" + "<br>".join(_with_links(line) for line in text.split("\n")) + "</p>"


def _with_links(line: str) -> str:
    """A line as text; a whole address in it can be followed."""
    made, at = "", 0
    for found in _ADDRESS.finditer(line):
        address = found.group()
        link = f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(address)}</a>'
        made, at = f"{made}{nh3.clean_text(line[at : found.start()])}{link}", found.end()
    return made + nh3.clean_text(line[at:])
