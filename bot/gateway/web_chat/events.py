"""Routes that read: the stream of events, the history, the conversation as text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse

from bot.gateway.problems import Problem, language_of
from bot.gateway.web_chat.door import Door
from bot.gateway.web_chat.messages import PROBLEMS
from bot.gateway.web_chat.models import HistoryOut
from bot.gateway.web_chat.transcript import transcript_text
from bot.services.conversations.records import Event
from bot.store.database import DatabaseError

_HEARTBEAT_SECONDS = 15.0
#: The net for events that another process stored.
_LOOK_SECONDS = 2.0
_PAGE = 200
_LONGEST_HISTORY = 2000
_ENDING = frozenset({"erased", "closing"})


def event_routes(door: Door) -> APIRouter:
    """Routes under /chat."""
    routes = APIRouter(prefix="/chat", tags=["chat"], responses=PROBLEMS)

    @routes.get("/events", response_class=StreamingResponse)
    async def events(request: Request, after: str = "0") -> StreamingResponse:
        """Server-sent events after `Last-Event-ID` (or `after`), then new ones as they come."""
        contact = door.contact(request)
        door.stream_limit.check(contact)
        seq = _number(request.headers.get("last-event-id") or after)
        if await door.call(door.conversations.last_event, contact) is None:
            raise Problem("session_over")
        stream = _stream(door, contact, seq)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    @routes.get("/history", response_model=HistoryOut)
    async def history(request: Request) -> JSONResponse:
        """All events of this visitor, and the number of the last."""
        contact = door.contact(request)
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

    @routes.get("/transcript", response_class=PlainTextResponse)
    async def transcript(request: Request) -> PlainTextResponse:
        """The conversation as plain text, to keep."""
        contact = door.contact(request)
        lines = await door.call(door.conversations.transcript, contact)
        if not lines and await door.call(door.conversations.last_event, contact) is None:
            raise Problem("session_over")
        language = language_of(request)
        name = door.words.say("gateway_transcript_file", language)
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
        return PlainTextResponse(transcript_text(lines, language, door.words), headers=headers)

    return routes


async def _stream(door: Door, contact: str, seq: int) -> AsyncIterator[bytes]:
    listener = door.streams.listen(contact)
    door.metrics.streams.inc()
    silent = 0.0
    try:
        with door.stream_limit.opened(contact):
            yield b": welcome\n\n"
            while True:
                found = await _events_after(door, contact, seq)
                for event in found:
                    yield _frame(event.kind, door.rendering.event(event), event.seq)
                    seq = event.seq
                if len(found) == _PAGE:
                    continue
                passing = await listener.wait(_LOOK_SECONDS)
                for kind, data in passing:
                    if kind != "closing":
                        yield _frame(kind, data)
                if any(kind in _ENDING for kind, _ in passing):
                    return
                silent = 0.0 if found or passing else silent + _LOOK_SECONDS
                if silent >= _HEARTBEAT_SECONDS:
                    silent = 0.0
                    yield b": here\n\n"
    finally:
        door.streams.leave(contact, listener)
        door.metrics.streams.dec()


async def _events_after(door: Door, contact: str, seq: int) -> list[Event]:
    try:
        return await door.call(door.conversations.events_after, contact, seq, _PAGE)
    except (Problem, DatabaseError):
        return []  # the database is away for a moment; the stream stays and looks again


def _frame(kind: str, data: dict[str, Any], seq: int | None = None) -> bytes:
    number = f"id: {seq}\n" if seq is not None else ""
    return f"{number}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def _number(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
        raise Problem("invalid", field="Last-Event-ID")
    return int(raw)
