"""Sweeps up after erasing, at the start and every minute. Put together in `bot.app`."""

from __future__ import annotations

import asyncio

from bot.foundation.logging import log_problem
from bot.services.conversations.conversations import Conversations
from bot.store.database import DatabaseError

_EVERY_SECONDS = 60.0


class Sweeper:
    """One per process. `start` and `stop` with the server."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with a sweep: a process that ended may have left something."""
        self._task = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Sweep no more."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _sweep(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._conversations.sweep)
            except DatabaseError as error:
                log_problem("sweep_failed", cause=str(error))
            await asyncio.sleep(_EVERY_SECONDS)
