"""Meta's data-deletion callback, and the page that shows whoever asked what became of it, in three languages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.foundation.logging import log_event, log_problem
from bot.foundation.messenger_settings import MessengerSettings
from bot.gateway.messenger.fields import id_of
from bot.gateway.messenger.signed_request import InvalidSignedRequest, open_signed_request
from bot.gateway.problems import language_of
from bot.gateway.streams import Passing, Streams
from bot.gateway.words import GatewayWords
from bot.services.messenger.deletion import Deletions
from bot.store.database import DatabaseError

_MAX_BODY = 16 * 1024
_NO_STORE = {"Cache-Control": "no-store"}

#: A person's id for the app to their ids at its pages; Meta names people by the first in this call.
PsidsOf = Callable[[str], Awaitable[list[str]]]


class DeletionDoor:
    """One per process. `psids_of` is set by whoever can ask Meta; without it the id of the call is looked for."""

    def __init__(
        self,
        settings: MessengerSettings,
        deletions: Deletions,
        words: GatewayWords,
        streams: Streams,
        site_url: str,
    ) -> None:
        self.settings, self.deletions, self.words = settings, deletions, words
        self.streams, self.site_url = streams, site_url
        self.psids_of: PsidsOf | None = None

    async def erase(self, user_id: str) -> str:
        """Erase the person at all pages; the code of the request. Raises DatabaseError; then a retry is safe."""
        code = await asyncio.to_thread(self.deletions.begin)
        psids = {user_id}
        if self.psids_of is not None:
            try:
                psids.update(await self.psids_of(user_id))
            except Exception as error:
                # The request stays open and visible; the operator finds it in the log.
                log_problem("messenger_deletion_unmatched", cause=type(error).__name__, code=code)
                return code
        request = await asyncio.to_thread(self.deletions.erase, code, psids)
        for contact_id in request.contacts:
            self.streams.tell(contact_id, Passing("erased", {}))
        return code


def deletion_routes(door: DeletionDoor) -> APIRouter:
    """Routes under /messenger/data-deletion."""
    routes = APIRouter(prefix="/messenger/data-deletion", include_in_schema=False)
    template = Template((Path(__file__).parent / "deletion.html").read_text(encoding="utf-8"))

    @routes.post("")
    async def delete(request: Request) -> Response:
        """Erase whom Meta names, at once, and say where the person can see it."""
        raw = await _signed_request_of(request)
        try:
            user_id = id_of(open_signed_request(raw or "", door.settings.app_secret).get("user_id"))
        except InvalidSignedRequest as error:
            log_event("messenger_deletion_refused", reason=str(error))
            return PlainTextResponse("bad_signature", 403, _NO_STORE)
        if user_id is None:
            return PlainTextResponse("no_user", 400, _NO_STORE)
        try:
            code = await door.erase(user_id)
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))
            return PlainTextResponse("TRY_AGAIN", 503, {**_NO_STORE, "Retry-After": "5"})
        url = f"{door.site_url}/messenger/data-deletion/{code}"
        return JSONResponse({"url": url, "confirmation_code": code}, headers=_NO_STORE)

    @routes.get("/{code}")
    async def status(request: Request, code: str, language: str = "") -> HTMLResponse:
        """What became of a request."""
        spoken = language if language in LANGUAGES else language_of(request)
        try:
            found = await asyncio.to_thread(door.deletions.find, code)
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))
            return HTMLResponse(_page(template, door.words, spoken, "open", None), 503, _NO_STORE)
        state = "unknown" if found is None else "done" if found.done_at else "open"
        page = _page(template, door.words, spoken, state, found.code if found else None)
        return HTMLResponse(page, 200 if found else 404, {**_NO_STORE, "Vary": "Accept-Language"})

    return routes


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""


async def _signed_request_of(request: Request) -> str | None:
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > _MAX_BODY:
            return None
    try:
        fields = parse_qs(bytes(raw).decode("ascii"), max_num_fields=20)
    except ValueError:
        return None
    return fields.get("signed_request", [None])[0]


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
