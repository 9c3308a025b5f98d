"""Asks Rasa's turn channel for the answer to one message. Used by the dispatcher and by readiness."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.services.conversations.records import Waiting

#: The brain gives up a slow action itself long before; what takes longer hangs.
ANSWER_SECONDS = 25.0

_CONNECT_SECONDS = 2.0
_HEALTH = aiohttp.ClientTimeout(total=2.0)
_PROBE_SECONDS = (0.1, 0.2, 0.3, 0.5)


@dataclass(frozen=True)
class Answered:
    """What the brain said: reply and turn report as the turn channel gives them."""

    reply: dict[str, Any]
    report: dict[str, Any]


class BrainAway(RuntimeError):
    """Nobody answers, or not yet: down, starting, busy. A retry helps and the message is not to blame."""


class BrainFailed(RuntimeError):
    """The brain broke on this message. `was_lost`: the process ended, perhaps because of another message."""

    def __init__(self, cause: str, was_lost: bool = False) -> None:
        super().__init__(cause)
        self.was_lost = was_lost


class TurnRefused(RuntimeError):
    """The brain took no offence but will never take this turn, as for a button that is gone."""


class BrainClient:
    """One keep-alive client for all conversations. With aiohttp: httpx cost a third of the gateway's work."""

    def __init__(self, url: str, secret: str, seconds: float = ANSWER_SECONDS) -> None:
        self._turns, self._health = f"{url}/webhooks/turn/turns", f"{url}/webhooks/turn/"
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=_CONNECT_SECONDS)
        self._opened: aiohttp.ClientSession | None = None
        self._probe: asyncio.Future[None] | None = None

    async def ask(self, waiting: Waiting) -> Answered:
        """The answer to a message; its id is the turn id, so asking again is harmless.

        Raises BrainAway, BrainFailed, TurnRefused.
        """
        body: dict[str, str | None] = {
            "conversation": waiting.conversation_id,
            "turn": waiting.message_id,
            "language": waiting.language,
        }
        body.update({"choice": waiting.choice} if waiting.choice else {"text": waiting.text or ""})
        try:
            async with self._client().post(self._turns, json=body) as response:
                return _read(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
            raise BrainAway(type(error).__name__) from error
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError) as error:
            # The connection was there and broke: perhaps this message killed the brain.
            raise BrainFailed(type(error).__name__, was_lost=True) from error
        except asyncio.TimeoutError as error:
            # Did it hang over this message, or altogether? Then the message is not to blame.
            if await self.is_ready():
                raise BrainFailed("hung") from error
            raise BrainAway("hung") from error
        except aiohttp.ClientError as error:
            # An answer that is no HTTP: another program on its port.
            raise BrainAway(type(error).__name__) from error

    async def is_ready(self) -> bool:
        """Whether the brain has a model and takes turns."""
        try:
            async with self._client().get(self._health, timeout=_HEALTH) as response:
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def until_ready(self) -> None:
        """Wait until the brain takes turns again. Whoever waits shares one probe."""
        if self._probe is None or self._probe.done():
            self._probe = asyncio.ensure_future(self._until_ready())
        await asyncio.shield(self._probe)

    async def close(self) -> None:
        """Close the connections."""
        if self._probe:
            self._probe.cancel()
        if self._opened:
            await self._opened.close()

    def _client(self) -> aiohttp.ClientSession:
        # Made at first use: a session belongs to the running event loop.
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                headers=self._headers,
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                # Rasa's server closes idle connections after five seconds; we do so before.
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=4),
            )
        return self._opened

    async def _until_ready(self) -> None:
        tries = 0
        while not await self.is_ready():
            await asyncio.sleep(_PROBE_SECONDS[min(tries, len(_PROBE_SECONDS) - 1)])
            tries += 1


def _read(status: int, body: bytes) -> Answered:
    if status == 500:
        raise BrainFailed("500")
    if status in (400, 413, 422):
        raise TurnRefused(str(status))
    if status != 200:
        # Not ready, or not the brain at all: another program on its port, another secret.
        raise BrainAway(str(status))
    try:
        told = json.loads(body)
        reply, report = told["reply"], told["report"]
        if not isinstance(reply, dict) or not isinstance(report, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        raise BrainFailed("no reply") from error
    return Answered(reply, report)
