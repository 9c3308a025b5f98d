"""Asks Rasa's turn channel for the answer to one message. Used by the dispatcher and by readiness."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from bot.services.conversations.records import Waiting

#: The brain gives up a slow action itself long before; what takes longer hangs.
ANSWER_SECONDS = 25.0

_CONNECT_SECONDS = 2.0
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
    """One keep-alive client for all conversations."""

    def __init__(self, url: str, secret: str, seconds: float = ANSWER_SECONDS) -> None:
        self._turns, self._health = f"{url}/webhooks/turn/turns", f"{url}/webhooks/turn/"
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {secret}"},
            timeout=httpx.Timeout(seconds, connect=_CONNECT_SECONDS),
            # Rasa's server closes idle connections after five seconds; we do so before.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=64, keepalive_expiry=4),
            trust_env=False,
        )
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
            response = await self._client.post(self._turns, json=body)
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError) as error:
            # The connection was there and broke: perhaps this message killed the brain.
            raise BrainFailed(type(error).__name__, was_lost=True) from error
        except httpx.ReadTimeout as error:
            # Did it hang over this message, or altogether? Then the message is not to blame.
            if await self.is_ready():
                raise BrainFailed("hung") from error
            raise BrainAway("hung") from error
        except httpx.HTTPError as error:
            raise BrainAway(type(error).__name__) from error
        return _read(response)

    async def is_ready(self) -> bool:
        """Whether the brain has a model and takes turns."""
        try:
            return (await self._client.get(self._health, timeout=2.0)).status_code == 200
        except httpx.HTTPError:
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
        await self._client.aclose()

    async def _until_ready(self) -> None:
        tries = 0
        while not await self.is_ready():
            await asyncio.sleep(_PROBE_SECONDS[min(tries, len(_PROBE_SECONDS) - 1)])
            tries += 1


def _read(response: httpx.Response) -> Answered:
    if response.status_code == 500:
        raise BrainFailed("500")
    if response.status_code in (400, 413, 422):
        raise TurnRefused(str(response.status_code))
    if response.status_code != 200:
        # Not ready, or not the brain at all: another program on its port, another secret.
        raise BrainAway(str(response.status_code))
    try:
        told = response.json()
        reply, report = told["reply"], told["report"]
        if not isinstance(reply, dict) or not isinstance(report, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        raise BrainFailed("no reply") from error
    return Answered(reply, report)
