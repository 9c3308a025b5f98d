"""Tells an open page when something that it shows has changed; the page then fetches that part anew.

An open page is a sign of life of its counsellor, as long as they do something now and then.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.desk.cookies import session_of
from bot.desk.desk import EVERYBODY, Desk, Listener
from bot.foundation.logging import log_problem
from bot.services.handoff.signs import Overview
from bot.store.database import DatabaseError

#: What all pages share is looked at so often, for what no stream told; and of that, a talk of its own so often.
_LOOK_SECONDS, _TALK_SECONDS = 1.0, 5.0
#: What all pages share is as old as this at most and, where a page was told of news, read so often at most.
_SHARED_SECONDS, _SHARED_PAUSE_SECONDS = 0.5, 0.2
#: So often the page is told anyway (times of waiting grow), the session read and the sign of life given.
_MINUTE_SECONDS = 60.0
#: Kinds of what passes: the server stops; the person of the talk is writing.
_CLOSING, _TYPING = "closing", "visitor_typing"


class Live:
    """The route of the stream."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._overview: Overview | None = None
        self._read_at = 0.0
        self._reading = asyncio.Lock()

    async def stream(self, request: Request) -> Response:
        """Server-sent events: `changed`, `typing` (the person of the talk), `alerts` (who waits, which talks have a
        new message) and, when the session has ended, `over`."""
        handoff_id = request.query_params.get("talk") or None
        contact = EVERYBODY
        if handoff_id:
            talk = await self._desk.call(self._desk.talks.open, handoff_id)
            contact = talk.contact_id if talk else EVERYBODY
        events = self._events(request.state.member.id, session_of(request), handoff_id, contact)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def _events(self, staff_id: str, token: str, handoff_id: str | None, contact: str) -> AsyncIterator[str]:
        listener: Listener = self._desk.streams.listen(contact)
        loop, known, alerts = asyncio.get_running_loop(), None, None
        minute, looked, here = loop.time() - _MINUTE_SECONDS, 0.0, ""
        try:
            while _CLOSING not in (kinds := {getattr(one, "kind", "") for one in listener.take()}):
                if _TYPING in kinds:
                    yield _event("typing")
                try:
                    if loop.time() - minute >= _MINUTE_SECONDS:
                        minute, is_first = loop.time(), known is None
                        if await self._desk.call(self._desk.sessions.read, token, False) is None:
                            yield _event("over")
                            return
                        await self._desk.call(self._desk.presence.page_is_open, staff_id)
                        if not is_first:
                            yield _event("changed")
                    is_told = bool(kinds) or listener.should_look
                    listener.should_look = False
                    if handoff_id is None or contact == EVERYBODY:
                        overview = await self._everybody(loop.time() - (0 if is_told else _SHARED_SECONDS))
                        stamp: str | None = overview.stamp(staff_id)
                    else:
                        overview = await self._everybody(loop.time() - _SHARED_SECONDS)
                        # Fifty talks that each ask the database every second would keep it busy all the time.
                        is_due = here != overview.here or loop.time() - looked >= _TALK_SECONDS
                        stamp = known
                        if is_told or is_due:
                            looked, here = loop.time(), overview.here
                            stamp = await self._desk.call(self._stamp, staff_id, handoff_id, contact, overview)
                    news = _alerts(overview, staff_id)
                    if stamp != known:
                        known = stamp
                        # Also the first time: something may have changed since the page was made.
                        yield _event("changed")
                    if news != alerts:
                        alerts = news
                        yield _event("alerts", news)
                except DatabaseError as error:
                    listener.should_look = True
                    log_problem("desk_live_failed", cause=str(error))
                timer = loop.call_later(_LOOK_SECONDS, listener.woken.set)
                await listener.woken.wait()
                timer.cancel()
        finally:
            self._desk.streams.leave(listener)

    async def _everybody(self, since: float) -> Overview:
        """What is the same for all pages, read at this time of the loop or later: once for all that ask together."""
        while self._overview is None or self._read_at < since:
            async with self._reading:
                if self._overview is not None and self._read_at >= since:
                    break
                time = asyncio.get_running_loop().time
                await asyncio.sleep(self._read_at + _SHARED_PAUSE_SECONDS - time())
                read_at = time()
                self._overview = await self._desk.call(self._desk.signs.overview)
                self._read_at = read_at
        return self._overview

    def _stamp(self, staff_id: str, handoff_id: str, contact: str, overview: Overview) -> str:
        """Changes with what the page of a talk shows."""
        signs = self._desk.signs.stamp(contact)
        return f"{self._desk.talks.stamp(handoff_id)}/{signs}/{staff_id in overview.present}"


def _alerts(overview: Overview, staff_id: str) -> dict[str, Any]:
    """What a counsellor may be called for: somebody waits, while they are there for people; a talk of theirs."""
    # Whoever is passed on to this counsellor calls anew, and nobody else meanwhile.
    to_me = [f"{one}/{staff_id}" for one, kept_for in overview.waiting if kept_for == staff_id]
    to_all = [one for one, kept_for in overview.waiting if kept_for is None] if staff_id in overview.present else []
    return {"waiting": to_me + to_all, "talks": [list(one) for one in overview.talks.get(staff_id, ())]}


def _event(kind: str, data: dict[str, Any] | None = None) -> str:
    return f"event: {kind}\ndata: {json.dumps(data or {})}\n\n"
