"""Routes for small signs to the counsellor who has the conversation: I am typing, I have seen this.

Nothing is stored of the first, and neither holds a word.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.gateway.problems import Problem
from bot.gateway.streams import VISITOR_SAW, VISITOR_TYPING
from bot.gateway.web_chat.door import Door
from bot.gateway.web_chat.messages import PROBLEMS, TOKEN, body_of
from bot.gateway.web_chat.models import SeenIn
from bot.gateway.web_chat.requests import read_body

_NO_STORE = {"Cache-Control": "no-store"}
_LAST_EVENT = 10**9


def sign_routes(door: Door) -> APIRouter:
    """Routes under /chat. While no counsellor has the conversation they change nothing and tell nobody."""
    routes = APIRouter(prefix="/chat", tags=["chat"], responses=PROBLEMS)

    @routes.post("/typing", status_code=204, dependencies=[TOKEN])
    async def typing(request: Request) -> Response:
        """The visitor is writing; said again every few seconds for as long as that is so. Without a body."""
        contact = door.contact(request)
        door.per_sign.take(contact)
        if await door.call(door.signs.is_with_staff, contact):
            door.streams.tell_passing(contact, VISITOR_TYPING, {})
        return Response(status_code=204, headers=_NO_STORE)

    @routes.post("/seen", status_code=204, dependencies=[TOKEN], openapi_extra=body_of(SeenIn))
    async def seen(request: Request) -> Response:
        """The visitor has all events up to this one before their eyes."""
        contact = door.contact(request)
        door.per_sign.take(contact)
        event = (await read_body(request, frozenset({"event"}))).get("event")
        if not isinstance(event, int) or isinstance(event, bool) or not 0 <= event < _LAST_EVENT:
            raise Problem("invalid", field="event")
        if await door.call(door.signs.person_saw, contact, event):
            door.streams.tell_passing(contact, VISITOR_SAW, {})
        return Response(status_code=204, headers=_NO_STORE)

    return routes
