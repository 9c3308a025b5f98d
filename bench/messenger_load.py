"""Webhook calls at a steady rate, whatever the answers take, and web visitors who talk at the same time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from bench.chain_visitors import OurVisitor
from bench.messenger_events import Call
from bench.parts import BenchFailed

#: Meta waits so long for the 200.
_TIMEOUT = aiohttp.ClientTimeout(total=20)


@dataclass
class Acknowledged:
    """Milliseconds until each call was acknowledged, and calls that were not."""

    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0


async def post_one_by_one(webhook: str, calls: Sequence[Call], pause_seconds: float) -> Acknowledged:
    """Each call when the one before is long answered: the webhook of an idle bot."""
    taken = Acknowledged()
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        for call in calls:
            await _post(session, webhook, call, taken)
            await asyncio.sleep(pause_seconds)
    return taken


async def post_steadily(webhook: str, calls: Sequence[Call], per_second: float) -> Acknowledged:
    """A call goes out when its moment comes, however many are under way."""
    taken = Acknowledged()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=_TIMEOUT, connector=connector) as session:
        begun, tasks = time.perf_counter(), []
        for number, call in enumerate(calls):
            wait = begun + number / per_second - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(_post(session, webhook, call, taken)))
        await asyncio.gather(*tasks)
    return taken


async def _post(session: aiohttp.ClientSession, webhook: str, call: Call, taken: Acknowledged) -> None:
    begun = time.perf_counter()
    try:
        async with session.post(webhook, data=call.raw, headers=call.headers) as answer:
            await answer.read()
            status = answer.status
    except (aiohttp.ClientError, asyncio.TimeoutError):
        status = 0
    if status == 200:
        taken.milliseconds.append(1000 * (time.perf_counter() - begun))
    else:
        taken.failed += 1


class WebVisitors:
    """Visitors of the website, each with a question every `pause_seconds`; their times until the first words."""

    def __init__(self, url: str, count: int, texts: Sequence[str], pause_seconds: float) -> None:
        self._url, self._count, self._texts, self._pause = url, count, texts, pause_seconds

    async def talk(self, until: asyncio.Event) -> list[float]:
        """Milliseconds of every message until the event is set. Raises BenchFailed when nobody was answered."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            people = [OurVisitor(session, self._url) for _ in range(self._count)]
            await asyncio.gather(*(person.come() for person in people))
            times = await asyncio.gather(*(self._talk(person, number, until) for number, person in enumerate(people)))
            await asyncio.gather(*(person.leave() for person in people))
        found = [value for one in times for value in one]
        if not found:
            raise BenchFailed("no visitor of the website was answered while Messenger was measured")
        return found

    async def _talk(self, person: OurVisitor, number: int, until: asyncio.Event) -> list[float]:
        times, place = list[float](), number
        while not until.is_set():
            begun = time.perf_counter()
            await person.say(self._texts[place % len(self._texts)])
            times.append(1000 * (time.perf_counter() - begun))
            place += self._count
            try:
                await asyncio.wait_for(until.wait(), self._pause)
            except asyncio.TimeoutError:
                continue
        return times
