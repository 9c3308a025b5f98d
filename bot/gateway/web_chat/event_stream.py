"""Server-sent events of one contact: what was missed, then what happens, and a sign of life every 15 seconds.

New events come through `Streams` at once. The database is looked at now and then too, for what another
gateway has stored. One small task a stream: a thousand idle ones must cost little.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.gateway.streams import FOR_STAFF, Listener, Passing
from bot.gateway.web_chat.door import Door
from bot.services.conversations.records import Event
from bot.store.database import DatabaseError

_HEARTBEAT_SECONDS = 15.0
#: A stream on which something happened lately is looked after more closely.
_LOOK_SECONDS, _LIVELY_SECONDS = 2.0, 60.0
_PAGE = 200
_ENDING = frozenset({"erased", "closing"})
_UNTOLD = FOR_STAFF | {"closing"}


class EventStream(Response):
    """The response to `GET /chat/events`; ends when the visitor leaves, is erased or idle, or the server stops.

    Who is idle and still there opens another, with a token that counts by then.
    """

    media_type = "text/event-stream"

    def __init__(self, door: Door, contact: str, after: int) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._door, self._contact, self._last = door, contact, after
        self._is_over = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        listener = self._door.streams.listen(self._contact, is_visitor=True)
        self._door.metrics.streams.inc()
        watcher = asyncio.ensure_future(self._until_left(receive, listener))
        try:
            with self._door.stream_limit.opened(self._contact):
                start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
                await send(start)
                await send({"type": "http.response.body", "body": b": welcome\n\n", "more_body": True})
                async for text in self._texts(listener):
                    await send({"type": "http.response.body", "body": text, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        finally:
            watcher.cancel()
            self._door.streams.leave(listener)
            self._door.metrics.streams.dec()

    async def _until_left(self, receive: Receive, listener: Listener) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._is_over = True
        listener.woken.set()

    async def _texts(self, listener: Listener) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        told = beaten = loop.time()
        idle = float(self._door.settings.door.idle_seconds)
        while not self._is_over:
            text = await self._news(listener)
            if text:
                told = beaten = loop.time()
                yield text
            elif loop.time() - beaten >= _HEARTBEAT_SECONDS:
                beaten = loop.time()
                yield b": here\n\n"
            if not self._is_over:
                quiet = loop.time() - told
                if quiet >= idle:
                    return
                pause = min(_LOOK_SECONDS if quiet < _LIVELY_SECONDS else _HEARTBEAT_SECONDS, idle - quiet)
                timer = loop.call_later(pause, listener.look)
                await listener.woken.wait()
                timer.cancel()

    async def _news(self, listener: Listener) -> bytes:
        items = listener.take()
        text = b""
        if listener.should_look:
            listener.should_look = False
            text += await self._stored()
        for item in items:
            if isinstance(item, Passing):
                self._is_over = self._is_over or item.kind in _ENDING
                text += frame(item.kind, item.data) if item.kind not in _UNTOLD else b""
            elif item.seq == self._last + 1:
                text += self._told(item)
            elif item.seq > self._last:
                text += await self._stored()
        return text

    async def _stored(self) -> bytes:
        """What the database holds after the last event told. Away for a moment: the next look tells it."""
        text = b""
        try:
            while events := await asyncio.to_thread(self._read):
                text += b"".join(self._told(event) for event in events)
                if len(events) < _PAGE:
                    break
        except DatabaseError:
            pass
        except LookupError:
            self._is_over = True
            text += frame("erased", {})
        return text

    def _read(self) -> list[Event]:
        events = self._door.conversations.events_after(self._contact, self._last, _PAGE)
        if not events and self._door.conversations.last_event(self._contact) is None:
            raise LookupError("erased")
        return events

    def _told(self, event: Event) -> bytes:
        self._last = event.seq
        return frame(event.kind, self._door.rendering.event(event), event.seq)


def frame(kind: str, data: dict[str, Any], seq: int | None = None) -> bytes:
    """One event as it goes over the line."""
    number = f"id: {seq}\n" if seq is not None else ""
    return f"{number}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")
