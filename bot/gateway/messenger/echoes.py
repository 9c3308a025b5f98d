"""Waits for the echo of a piece of which nobody knows whether it came, so that it is not sent twice. Used by posting.

Meta knows no key that would make a second sending harmless; its echo is the only word that a piece has arrived.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.foundation.clock import now
from bot.services.messenger.deliveries import Deliveries

#: The echo of a piece comes within a moment, if it comes.
_ECHO_SECONDS, _LOOK_SECONDS = 3.0, 0.25
#: While we were away Meta could not bring it, and tries again at growing distances, each about as long as all before.
_AFTER_START_SECONDS = 10.0
#: It may be among the calls that are kept and not worked off yet: so much longer at most.
_BEHIND_SECONDS = 10.0


class Echoes:
    """One per process, made when it starts."""

    def __init__(self, deliveries: Deliveries, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._deliveries, self._sleep, self._started_at = deliveries, sleep, now()

    async def has_come(
        self, run: Callable[..., Awaitable[Any]], contact_id: str, seq: int, part: int, since: datetime
    ) -> bool:
        """Whether the echo of a piece that was handed to Meta at `since` has come, or comes in time.

        `run` calls a service in a thread.
        """
        left = self._patience(since)
        while True:
            if await run(self._deliveries.has_come, contact_id, seq, part):
                return True
            if left <= 0 and (left <= -_BEHIND_SECONDS or not await run(self._deliveries.are_calls_waiting)):
                return False
            await self._sleep(_LOOK_SECONDS)
            left -= _LOOK_SECONDS

    def _patience(self, since: datetime) -> float:
        if since < self._started_at:
            left = _AFTER_START_SECONDS - (now() - self._started_at).total_seconds()
        else:
            left = _ECHO_SECONDS - (now() - since).total_seconds()
        return max(0.0, left)
