"""Meta's data-deletion callback, and the page that shows whoever asked what became of it, in three languages."""

from __future__ import annotations

import asyncio
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.foundation.logging import log_event, log_problem
from bot.gateway.messenger.deletion import Eraser
from bot.gateway.messenger.fields import id_of
from bot.gateway.messenger.signed_request import InvalidSignedRequest, open_signed_request
from bot.gateway.problems import language_of
from bot.gateway.words import GatewayWords
from bot.services.messenger.deletion import Deletions
from bot.store.database import DatabaseError

_PREFIX = "/messenger/data-deletion"
_MAX_BODY = 16 * 1024
_NO_STORE = {"Cache-Control": "no-store"}


def deletion_routes(
    eraser: Eraser, deletions: Deletions, words: GatewayWords, app_secret: str, site_url: str
) -> APIRouter:
    """Routes under /messenger/data-deletion. `site_url` is how people reach the door."""
    routes = APIRouter(prefix=_PREFIX, include_in_schema=False)
    template = Template((Path(__file__).parent / "deletion.html").read_text(encoding="utf-8"))

    @routes.post("")
    async def delete(request: Request) -> Response:
        """Erase whom Meta names, at once, and say where the person can see it."""
        try:
            user_id = id_of(open_signed_request(await _signed_request_of(request), app_secret).get("user_id"))
        except InvalidSignedRequest as error:
            log_event("messenger_deletion_refused", reason=str(error))
            return PlainTextResponse("bad_signature", 403, _NO_STORE)
        if user_id is None:
            return PlainTextResponse("no_user", 400, _NO_STORE)
        try:
            code = await eraser.erase(user_id)
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))
            return PlainTextResponse("TRY_AGAIN", 503, {**_NO_STORE, "Retry-After": "5"})
        return JSONResponse({"url": f"{site_url}{_PREFIX}/{code}", "confirmation_code": code}, headers=_NO_STORE)

    @routes.get("/{code}")
    async def status(request: Request, code: str, language: str = "") -> HTMLResponse:
        """What became of a request."""
        spoken = language if language in LANGUAGES else language_of(request)
        try:
            found = await asyncio.to_thread(deletions.find, code)
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))
            return HTMLResponse(_page(template, words, spoken, "open", None), 503, _NO_STORE)
        state = "unknown" if found is None else "done" if found.done_at else "open"
        page = _page(template, words, spoken, state, found.code if found else None)
        return HTMLResponse(page, 200 if found else 404, {**_NO_STORE, "Vary": "Accept-Language"})

    return routes


async def _signed_request_of(request: Request) -> str:
    """What the form holds; nothing for a body that is no form, or too large."""
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > _MAX_BODY:
            return ""
    try:
        fields = parse_qs(bytes(raw).decode("ascii"), max_num_fields=20)
    except ValueError:
        return ""
    return fields.get("signed_request", [""])[0]


def _page(template: Template, words: GatewayWords, language: str, state: str, code: str | None) -> str:
    switch = "".join(
        f'<a href="?language={other}" lang="{other}"{_current(other == language)}>{escape(OWN_NAMES[other])}</a>'
        for other in LANGUAGES
    )
    shown = words.say("messenger_deletion_code", language, code=code) if code else ""
    return template.substitute(
        language=language,
        title=escape(words.say("messenger_deletion_title", language)),
        name=escape(words.content.centre["centre_name"][language]),
        languages=escape(words.say("demo_languages", language)),
        switch=switch,
        state=escape(words.say(f"messenger_deletion_{state}", language)),
        code=escape(shown),
        questions=escape(words.say("messenger_deletion_questions", language)),
    )


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""
