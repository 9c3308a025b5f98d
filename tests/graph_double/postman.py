"""Sends webhooks as Meta does: signed over the raw body, sometimes in batches, and again until it is answered 200."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.graph_double.world import Page, World
from tests.messenger_payloads import raw, signed

#: Meta waits so long for the 200.
_TIMEOUT_SECONDS = 20
#: So many deliveries are remembered for the tests.
_REMEMBERED = 20_000


@dataclass
class Habits:
    """How webhooks go out; tests change it. `repeat` sends each body so many times more though it was taken."""

    batch_size: int = 1
    batch_seconds: float = 0.0
    retry_seconds: float = 0.5
    most_retry_seconds: float = 30.0
    repeat: int = 0
    is_paused: bool = False


@dataclass(frozen=True)
class Event:
    """One event on its way: in `messaging` or `standby` of this page's entry."""

    page: str
    channel: str
    content: dict[str, Any]


class Postman:
    """One for the app. Events of one page go in order; a body that is not taken holds the later ones back."""

    def __init__(self, world: World) -> None:
        self.world, self.habits = world, Habits()
        self.log: deque[dict[str, Any]] = deque(maxlen=_REMEMBERED)
        self._waiting: dict[str, asyncio.Queue[Event]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._on_the_way = 0

    def post(self, page: Page, field: str, content: dict[str, Any], standby: bool = False) -> None:
        """Send an event, when the page's app has subscribed to it."""
        if field not in page.subscribed or (standby and "standby" not in page.subscribed):
            return
        if page.id not in self._waiting:
            self._waiting[page.id] = asyncio.Queue()
            task = asyncio.create_task(self._work(self._waiting[page.id]))
            self._tasks.add(task)
        self._on_the_way += 1
        self._waiting[page.id].put_nowait(Event(page.id, "standby" if standby else "messaging", content))

    @property
    def on_the_way(self) -> int:
        """Events that nobody has taken yet."""
        return self._on_the_way

    async def forget(self) -> None:
        """Drop what is on its way, and the log."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._waiting.clear()
        self.log.clear()
        self._on_the_way = 0

    async def stop(self) -> None:
        """Drop what is on its way, for good."""
        await self.forget()
        if self._session:
            await self._session.close()

    async def deliver(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """One try: status and body of the answer; status 0 when there was none."""
        if headers is None:
            headers = signed(body, self.world.app_secret)
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS))
        begun = time.perf_counter()
        try:
            async with self._session.post(self.world.callback_url, data=body, headers=headers) as answer:
                status, text = answer.status, (await answer.text())[:2000]
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            status, text = 0, type(error).__name__
        took = 1000 * (time.perf_counter() - begun)
        self.log.append({"status": status, "milliseconds": took, "body": body.decode(), "answer": text})
        return status, text

    async def _work(self, queue: asyncio.Queue[Event]) -> None:
        while True:
            events = [await queue.get()]
            if self.habits.batch_size > 1:
                await asyncio.sleep(self.habits.batch_seconds)
                while len(events) < self.habits.batch_size and not queue.empty():
                    events.append(queue.get_nowait())
            body = body_of(events)
            await self._until_taken(body)
            for _ in range(self.habits.repeat):
                await self.deliver(body)
            self._on_the_way -= len(events)

    async def _until_taken(self, body: bytes) -> None:
        wait = self.habits.retry_seconds
        while True:
            while self.habits.is_paused or not self.world.callback_url:
                await asyncio.sleep(0.05)
            status, _ = await self.deliver(body)
            if status == 200:
                return
            await asyncio.sleep(wait)
            wait = min(2 * wait, self.habits.most_retry_seconds)


def body_of(events: list[Event]) -> bytes:
    """The body that Meta would send: what happened in a row in one channel of one page is one entry."""
    entries: list[dict[str, Any]] = []
    for event in events:
        newest = entries[-1] if entries else None
        if newest is None or newest["id"] != event.page or event.channel not in newest:
            newest = {"id": event.page, "time": int(time.time() * 1000), event.channel: []}
            entries.append(newest)
        newest[event.channel].append(event.content)
    return raw({"object": "page", "entry": entries})
