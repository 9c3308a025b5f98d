"""Asks Rasa's turn channel for the answer to one message. Used by the dispatcher and by readiness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from bot.services.conversations.records import Waiting

_CONNECT_SECONDS = 2.0


@dataclass(frozen=True)
class Answered:
    """What the brain said: reply and turn report as the turn channel gives them."""

    reply: dict[str, Any]
    report: dict[str, Any]


class BrainAway(RuntimeError):
    """Nobody answers, or not yet: down, starting, busy. A retry helps and the message is not to blame."""


class BrainFailed(RuntimeError):
    """The brain broke on this message."""


class TurnRefused(RuntimeError):
    """The brain took no offence but will never take this turn, as for a button that is gone."""


class BrainClient:
    """One keep-alive client for all conversations."""

    def __init__(self, url: str, secret: str, seconds: float = 30.0) -> None:
        self._turns, self._health = f"{url}/webhooks/turn/turns", f"{url}/webhooks/turn/"
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {secret}"},
            timeout=httpx.Timeout(seconds, connect=_CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64, keepalive_expiry=4),
            trust_env=False,
        )

    async def ask(self, waiting: Waiting) -> Answered:
        """The answer to a message; its id is the turn id, so asking again is harmless.

        Raises BrainAway, BrainFailed, TurnRefused.
        """
        body = {"conversation": waiting.conversation_id, "turn": waiting.message_id, "language": waiting.language}
        body.update({"choice": waiting.choice} if waiting.choice else {"text": waiting.text or ""})
        try:
            response = await self._client.post(self._turns, json=body)
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError) as error:
            # The connection was there and broke: perhaps this message killed the brain.
            raise BrainFailed(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise BrainAway(type(error).__name__) from error
        if response.status_code == 200:
            told = response.json()
            return Answered(told["reply"], told["report"])
        if response.status_code == 500:
            raise BrainFailed("500")
        if response.status_code in (400, 413, 422):
            raise TurnRefused(str(response.status_code))
        raise BrainAway(str(response.status_code))

    async def is_ready(self) -> bool:
        """Whether the brain has a model and takes turns."""
        try:
            return (await self._client.get(self._health, timeout=2.0)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
