"""Routes that read: the stream of events, the history, the conversation as text."""

from __future__ import annotations

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.gateway.problems import Problem, language_of
from bot.gateway.web_chat.door import Door
from bot.gateway.web_chat.event_stream import EventStream
from bot.gateway.web_chat.messages import PROBLEMS, TOKEN
from bot.gateway.web_chat.models import HistoryOut
from bot.gateway.web_chat.renewal import FRESH_TOKEN_HEADER
from bot.gateway.web_chat.transcript import transcript_text

_LONGEST_HISTORY = 2000


def event_routes(door: Door) -> APIRouter:
    """Routes under /chat."""
    routes = APIRouter(prefix="/chat", tags=["chat"], responses=PROBLEMS)

    @routes.get(
        "/events",
        status_code=200,
        response_class=EventStream,
        responses={200: FRESH_TOKEN_HEADER},
        dependencies=[TOKEN],
    )
    async def events(request: Request, after: str = "0", last_event_id: str = Header("")) -> EventStream:
        """Server-sent events after `Last-Event-ID` (or `after`), then new ones as they come.

        Stored events have an id and are those of the history: message, rating, restarted, language. Without an
        id come typing, delayed (the answer takes long; words for the visitor) and erased, which ends the stream;
        and of people: handoff (the place in the queue, or who has the conversation, or neither any more),
        person_typing and person_saw (up to which event the counsellor has seen).
        """
        contact = door.contact(request)
        door.readings.take(contact)
        door.stream_limit.check(contact)
        seq = _number(last_event_id or after)
        last = await door.call(door.conversations.last_event, contact)
        if last is None:
            raise Problem("session_over")
        return EventStream(door, contact, min(seq, last))

    @routes.get("/history", response_model=HistoryOut, responses={200: FRESH_TOKEN_HEADER}, dependencies=[TOKEN])
    async def history(request: Request) -> JSONResponse:
        """All events of this visitor, and the number of the last."""
        contact = door.contact(request)
        door.readings.take(contact)
        last = await door.call(door.conversations.last_event, contact)
        if last is None:
            raise Problem("session_over")
        found = await door.call(
            door.conversations.events_after, contact, max(0, last - _LONGEST_HISTORY), _LONGEST_HISTORY
        )
        body = {
            "language": await door.call(door.conversations.language_of, contact),
            "last_event": found[-1].seq if found else last,
            "events": [{"seq": e.seq, "kind": e.kind, "data": door.rendering.event(e)} for e in found],
        }
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    @routes.get("/transcript", response_class=PlainTextResponse, dependencies=[TOKEN])
    async def transcript(request: Request) -> PlainTextResponse:
        """The conversation as plain text, to keep."""
        contact = door.contact(request)
        door.readings.take(contact)
        lines = await door.call(door.conversations.transcript, contact)
        if not lines and await door.call(door.conversations.last_event, contact) is None:
            raise Problem("session_over")
        language = language_of(request)
        name = door.words.say("gateway_transcript_file", language)
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
        return PlainTextResponse(transcript_text(lines, language, door.words), headers=headers)

    return routes


def _number(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
        raise Problem("invalid", field="Last-Event-ID")
    return int(raw)
