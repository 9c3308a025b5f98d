"""Tells an open page when something that it shows has changed; the page then fetches that part anew.

An open page is a sign of life of its counsellor.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.desk.cookies import session_of
from bot.desk.desk import EVERYBODY, Desk, Listener
from bot.foundation.logging import log_problem
from bot.store.database import DatabaseError

#: The database is looked at so often, for what no stream told.
_LOOK_SECONDS = 1.0
#: So often the page is told anyway (times of waiting grow), the session read and the sign of life given.
_MINUTE_SECONDS = 60.0


class Live:
    """The route of the stream."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def stream(self, request: Request) -> Response:
        """Server-sent events `changed` and, when the session has ended, `over`."""
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
        loop, known = asyncio.get_running_loop(), None
        minute = loop.time() - _MINUTE_SECONDS
        try:
            while not any(getattr(one, "kind", "") == "closing" for one in listener.take()):
                try:
                    if loop.time() - minute >= _MINUTE_SECONDS:
                        minute, is_first = loop.time(), known is None
                        if await self._desk.call(self._desk.sessions.read, token, False) is None:
                            yield _event("over")
                            return
                        await self._desk.call(self._desk.presence.seen, staff_id)
                        if not is_first:
                            yield _event("changed")
                    stamp = await self._desk.call(self._desk.talks.stamp, staff_id, handoff_id)
                    if stamp != known:
                        known = stamp
                        # Also the first time: something may have changed since the page was made.
                        yield _event("changed")
                except DatabaseError as error:
                    log_problem("desk_live_failed", cause=str(error))
                timer = loop.call_later(_LOOK_SECONDS, listener.woken.set)
                await listener.woken.wait()
                timer.cancel()
        finally:
            self._desk.streams.leave(listener)


def _event(kind: str) -> str:
    return f"event: {kind}\ndata: {{}}\n\n"
