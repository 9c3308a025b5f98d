"""Reads and checks what a visitor sends. Every fault becomes a Problem with the field's name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.foundation.choices import InvalidChoice, read_choice
from bot.foundation.languages import LANGUAGES
from bot.gateway.problems import Problem, note_language
from bot.gateway.typed_text import MAX_CHARACTERS as MAX_CHARACTERS
from bot.gateway.typed_text import cleaned, is_blank
from bot.services.conversations.records import Incoming

MAX_COMMENT = 500
_MAX_BODY = 16 * 1024
_MAX_TITLE, _MAX_PAGE = 200, 300
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class Rating:
    """A thumb, with words if the visitor gave some."""

    value: str
    comment: str | None


async def read_body(request: Request, fields: frozenset[str]) -> dict[str, Any]:
    """The body as a JSON object with known fields only. Raises Problem."""
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > _MAX_BODY:
            raise Problem("too_large")
    try:
        body = json.loads(bytes(raw).decode("utf-8"))
    except (ValueError, RecursionError):
        raise Problem("not_json") from None
    if not isinstance(body, dict):
        raise Problem("invalid")
    note_language(request, body.get("language"))
    for name in body:
        if name not in fields:
            raise Problem("invalid", field=name[:40] if name.isascii() and name.isprintable() else "?")
    return body


_MESSAGE_FIELDS = frozenset({"client_id", "text", "choice", "choice_title", "language", "page"})


async def read_message(request: Request) -> Incoming:
    """A message: text or choice, never both. Raises Problem."""
    body = await read_body(request, _MESSAGE_FIELDS)
    text, choice = body.get("text"), body.get("choice")
    if (text is None) == (choice is None):
        raise Problem("invalid", field="text")
    return Incoming(
        client_id=client_id_of(body),
        text=None if text is None else _text(text),
        choice=None if choice is None else _choice(choice),
        choice_title=_short(body, "choice_title", _MAX_TITLE),
        language=language_field(body),
        page=_short(body, "page", _MAX_PAGE),
    )


async def read_rating(request: Request) -> Rating:
    """A rating. Raises Problem."""
    body = await read_body(request, frozenset({"value", "comment"}))
    if body.get("value") not in ("up", "down"):
        raise Problem("invalid", field="value")
    return Rating(body["value"], _short(body, "comment", MAX_COMMENT))


def client_id_of(body: dict[str, Any]) -> str:
    """The sender's own name of a message. Raises Problem."""
    client_id = body.get("client_id")
    if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
        raise Problem("invalid", field="client_id")
    return client_id


def language_field(body: dict[str, Any]) -> str | None:
    """The language that the door knows. Raises Problem."""
    language = body.get("language")
    if language is not None and language not in LANGUAGES:
        raise Problem("invalid", field="language")
    return language


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise Problem("invalid", field="text")
    text = cleaned(raw)
    if is_blank(text):
        raise Problem("empty", field="text")
    if len(text) > MAX_CHARACTERS:
        raise Problem("too_long", field="text")
    return text


def _choice(raw: Any) -> str:
    try:
        return str(read_choice(raw))
    except InvalidChoice:
        raise Problem("invalid", field="choice") from None


def _short(body: dict[str, Any], field: str, longest: int) -> str | None:
    value = body.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise Problem("invalid", field=field)
    return cleaned(value) or None
