"""Visitors of the load: each waits for the answer before the next message, as a person does.

A message's time runs from the request until the first words of the bot have arrived.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import aiohttp

_ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Load:
    """What came of one load: milliseconds of each message, messages a second."""

    milliseconds: list[float]
    per_second: float


async def run_load(
    make: Callable[[aiohttp.ClientSession, str], StockVisitor | OurVisitor],
    url: str,
    visitors: int,
    texts: Sequence[str],
) -> Load:
    """`visitors` at once share the texts among them."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        shares = [list(texts[number::visitors]) for number in range(visitors)]
        people = [make(session, url) for _ in shares]
        await asyncio.gather(*(person.come() for person in people))
        begun = time.perf_counter()
        times = await asyncio.gather(*(_talk(person, share) for person, share in zip(people, shares, strict=True)))
        seconds = time.perf_counter() - begun
        await asyncio.gather(*(person.leave() for person in people))
    milliseconds = [value for one in times for value in one]
    return Load(milliseconds, len(milliseconds) / seconds)


async def _talk(person: StockVisitor | OurVisitor, texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        begun = time.perf_counter()
        await asyncio.wait_for(person.say(text), _ANSWER_SECONDS)
        times.append(1000 * (time.perf_counter() - begun))
    return times


class StockVisitor:
    """Talks through Rasa's REST channel, which answers in the response."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url, self._sender = session, f"{url}/webhooks/rest/webhook", uuid.uuid4().hex

    async def come(self) -> None:
        """The first message sets the conversation up and is not counted, as with ours."""
        await self.say("bonjour")

    async def say(self, text: str) -> None:
        async with self._session.post(self._url, json={"sender": self._sender, "message": text}) as answer:
            answer.raise_for_status()
            await answer.read()

    async def leave(self) -> None:
        """Nothing is held open."""


class OurVisitor:
    """Posts to the gateway and reads the stream of events, as the widget does."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self._token = ""
        self._answered: dict[str, asyncio.Event] = {}
        self._reader: asyncio.Task[None] | None = None

    async def come(self) -> None:
        """The first message gives the token; then the stream is opened."""
        first = await self._post("bonjour")
        self._token = first["token"]
        answered = self._answered.setdefault(first["message_id"], asyncio.Event())
        self._reader = asyncio.create_task(self._read())
        await asyncio.wait_for(answered.wait(), _ANSWER_SECONDS)

    async def say(self, text: str) -> None:
        posted = await self._post(text)
        await self._answered.setdefault(posted["message_id"], asyncio.Event()).wait()

    async def leave(self) -> None:
        """Close the stream."""
        if self._reader:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _post(self, text: str) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        body = {"client_id": uuid.uuid4().hex, "text": text}
        async with self._session.post(f"{self._url}/chat/messages", json=body, headers=headers) as answer:
            answer.raise_for_status()
            told: dict[str, str] = await answer.json()
            return told

    async def _read(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._session.get(f"{self._url}/chat/events", headers=headers, timeout=timeout) as stream:
            stream.raise_for_status()
            async for line in stream.content:
                if line.startswith(b"data:"):
                    event = json.loads(line[5:])
                    if event.get("role") == "bot" and event.get("in_reply_to"):
                        self._answered.setdefault(event["in_reply_to"], asyncio.Event()).set()
