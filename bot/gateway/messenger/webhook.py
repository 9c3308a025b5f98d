"""The webhook: Meta's check of the address, and everything that it tells afterwards.

Answered 200 once it is stored as it came; 403 without our signature; 404 where it is not about a page, which shows a
wrong subscription in Meta's dashboard; 503 when the database fails, and Meta sends again.
"""

from __future__ import annotations

import hmac
import json
import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from bot.foundation.logging import log_event, log_problem
from bot.foundation.messenger_settings import MessengerSettings
from bot.gateway.messenger.arrivals import Arrivals
from bot.gateway.messenger.inbox import Inbox
from bot.gateway.messenger.signature import has_form, is_signed
from bot.store.database import DatabaseError

#: Meta sends a thousand events at most; texts of 20,000 characters are rare.
MAX_BODY = 4 * 1024 * 1024
_SIGNATURE = "x-hub-signature-256"
_CHALLENGE = re.compile(r"[\w.~-]{1,256}")
_NO_STORE = {"Cache-Control": "no-store"}


class _TooLarge(Exception):
    pass


def webhook_routes(settings: MessengerSettings, arrivals: Arrivals, inbox: Inbox) -> APIRouter:
    """Routes under /messenger/webhook. Meta alone calls them, so their words are for its logs."""
    routes = APIRouter(prefix="/messenger", include_in_schema=False)

    @routes.get("/webhook")
    async def verify(request: Request) -> PlainTextResponse:
        """Meta's check of the address: it gets its challenge back when it knows our token."""
        asked = request.query_params
        token, challenge = asked.get("hub.verify_token", ""), asked.get("hub.challenge", "")
        is_known = hmac.compare_digest(token.encode(), settings.verify_token.encode())
        if asked.get("hub.mode") != "subscribe" or not is_known or not _CHALLENGE.fullmatch(challenge):
            return _refused(inbox, "bad_token", 403)
        log_event("messenger_webhook_verified")
        return _said(challenge)

    @routes.post("/webhook")
    async def receive(request: Request) -> PlainTextResponse:
        """Store it, then acknowledge it; what it tells is worked off afterwards."""
        header = request.headers.get(_SIGNATURE)
        if not has_form(header):
            return _refused(inbox, "no_signature", 403)
        try:
            raw = await _read(request)
        except _TooLarge:
            return _refused(inbox, "too_large", 413)
        if not is_signed(raw, header, settings.app_secret):
            return _refused(inbox, "bad_signature", 403)
        body = parsed(raw)
        if body is None:
            return _refused(inbox, "not_json", 400)
        if body.get("object") != "page":
            return _refused(inbox, "not_page", 404)
        try:
            await arrivals.keep(raw)
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))
            inbox.count("call", "database_failed")
            return PlainTextResponse("TRY_AGAIN", 503, {**_NO_STORE, "Retry-After": "5"})
        inbox.count("call", "stored")
        return _said("EVENT_RECEIVED")

    return routes


async def _read(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:12]) > MAX_BODY:
        raise _TooLarge
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > MAX_BODY:
            raise _TooLarge
    return bytes(raw)


def parsed(raw: bytes) -> dict[str, Any] | None:
    """The JSON object of a call, or None."""
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _said(words: str) -> PlainTextResponse:
    return PlainTextResponse(words, headers=_NO_STORE)


def _refused(inbox: Inbox, reason: str, status: int) -> PlainTextResponse:
    log_event("messenger_call_refused", reason=reason)
    inbox.count("call", reason)
    return PlainTextResponse(reason, status, _NO_STORE)
