"""Visitors and counsellors over HTTP, many in one process, as their browsers would: for the bench and for tests.

A visitor's messages go to the gateways in turns, the stream comes from one of them; a counsellor keeps to one.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import aiohttp

_FORM_TOKEN = re.compile(r'name="form_token" value="(\w+)"')
_FOR_EVER = aiohttp.ClientTimeout(total=None)
#: What the desk's script sends with a reply, so that the page stays.
_BY_PAGE = {"X-Desk-Send": "1"}
SESSION_COOKIE = "faqbot_desk"


@dataclass(frozen=True)
class Heard:
    """One event of a stream: its number when it is stored, kind and data, and when it came (`perf_counter`)."""

    number: int | None
    kind: str
    data: dict[str, Any]
    at: float

    @property
    def words(self) -> str:
        """What was said, whoever said it; the HTML of parts with plain spaces."""
        parts = "".join(part.get("html", "") for part in self.data.get("parts", ()))
        return str(self.data.get("text") or parts.replace("&#32;", " "))


class Stream:
    """Reads server-sent events until it is closed or the server ends it."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self._new = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None

    def open(self, session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
        self._reader = asyncio.create_task(self._read(session, url, headers))

    async def close(self) -> None:
        if self._reader:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def until(self, holds: Callable[[Heard], bool], seconds: float, after: int = 0) -> Heard:
        """The first event that fits, of those that stand behind the first `after`. Raises asyncio.TimeoutError."""

        async def find() -> Heard:
            seen = after
            async with self._new:
                while True:
                    for one in self.heard[seen:]:
                        if holds(one):
                            return one
                    seen = len(self.heard)
                    await self._new.wait()

        return await asyncio.wait_for(find(), seconds)

    async def _read(self, session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
        async with session.get(url, headers=headers, timeout=_FOR_EVER) as stream:
            stream.raise_for_status()
            number, kind = None, ""
            async for raw in stream.content:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                if name == "id":
                    number = int(value)
                elif name == "event":
                    kind = value
                elif name == "data":
                    async with self._new:
                        self.heard.append(Heard(number, kind, json.loads(value), time.perf_counter()))
                        self._new.notify_all()
                    number = None


class Person:
    """A visitor. Statuses that are no success raise aiohttp.ClientResponseError."""

    def __init__(self, session: aiohttp.ClientSession, urls: Sequence[str], name: str) -> None:
        self._session, self._urls, self.name = session, cycle(urls), name
        self._token = ""
        self.stream = Stream()

    async def ask_for_person(self) -> None:
        """Press the button, and open the stream. The title of the button carries the name, so that others see it."""
        told = await self._post({"choice": "human", "choice_title": self.name, "language": "en"})
        self._token = told["token"]
        self.stream.open(self._session, f"{next(self._urls)}/chat/events", self._headers)

    async def say(self, words: str, times: int = 1) -> None:
        """Words; several times where the widget has not heard that they arrived."""
        client_id = uuid.uuid4().hex
        for _ in range(times):
            await self._post({"text": words}, client_id)

    async def history(self) -> list[dict[str, Any]]:
        """The stored events."""
        async with self._session.get(f"{next(self._urls)}/chat/history", headers=self._headers) as answer:
            answer.raise_for_status()
            events: list[dict[str, Any]] = (await answer.json())["events"]
            return events

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    async def _post(self, body: dict[str, str], client_id: str | None = None) -> dict[str, str]:
        body = {"client_id": client_id or uuid.uuid4().hex, **body}
        url = f"{next(self._urls)}/chat/messages"
        async with self._session.post(url, json=body, headers=self._headers) as answer:
            answer.raise_for_status()
            told: dict[str, str] = await answer.json()
            return told


class Counsellor:
    """Somebody of the staff with the session `token`. Every answer comes with its status; none raises."""

    def __init__(self, session: aiohttp.ClientSession, url: str, name: str, token: str) -> None:
        self._session, self._url, self.name = session, f"{url}/desk", name
        self._headers = {"Cookie": f"{SESSION_COOKIE}={token}", "Accept-Language": "en"}
        self._form_token = ""

    async def come(self) -> None:
        """Be there for visitors. Raises ValueError without a page of the desk."""
        _, page = await self.read("/")
        found = _FORM_TOKEN.search(page)
        if found is None:
            raise ValueError("no form on the page of the inbox")
        self._form_token = found[1]
        await self.post("/presence", act="come")

    async def waiting(self) -> list[str]:
        """The hand-offs that the inbox shows as waiting, in order."""
        _, page = await self.read("/")
        return list(dict.fromkeys(re.findall(r'action="/desk/talks/([\w-]+)/claim"', page)))

    async def claim(self, handoff: str) -> int:
        """303 for whoever has it now, 409 for whoever comes too late."""
        return (await self.post(f"/talks/{handoff}/claim"))[0]

    async def reply(self, handoff: str, words: str) -> int:
        """204 when it was said."""
        return (await self.post(f"/talks/{handoff}/say", words=words))[0]

    async def thread(self, handoff: str) -> str:
        """The part of the conversation's page that changes by itself."""
        return (await self.read(f"/talks/{handoff}/thread"))[1]

    def follow(self, handoff: str = "") -> Stream:
        """The stream that an open page of this conversation, or of the inbox, holds."""
        stream = Stream()
        stream.open(self._session, f"{self._url}/live{f'?talk={handoff}' if handoff else ''}", self._headers)
        return stream

    async def read(self, path: str) -> tuple[int, str]:
        """One page."""
        async with self._session.get(f"{self._url}{path}", headers=self._headers) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, **fields: str) -> tuple[int, str]:
        """A form of ours."""
        form = {"form_token": self._form_token, **fields}
        headers = {**self._headers, **_BY_PAGE}
        url = f"{self._url}{path}"
        async with self._session.post(url, data=form, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()


def many_people() -> aiohttp.ClientSession:
    """A session that holds as many connections as are asked for, gives idle ones back before the server closes them,
    and keeps no cookies: each sends its own."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
