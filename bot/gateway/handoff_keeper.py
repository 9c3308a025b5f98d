"""Lets time pass for the hand-off: queues expire, deadlines near, staff are told. Put together in `bot.app`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.foundation.logging import log_problem
from bot.gateway.streams import Streams
from bot.services.handoff.upkeep import Upkeep
from bot.services.notify.notifier import Notifier
from bot.store.database import DatabaseError

_EVERY_SECONDS = 5.0


class HandoffKeeper:
    """One per process. `start` and `stop` with the server.

    Two tasks, so that a mail server that does not answer delays no visitor.
    """

    def __init__(self, upkeep: Upkeep, notifier: Notifier, streams: Streams) -> None:
        self._upkeep, self._notifier, self._streams = upkeep, notifier, streams
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin at once: a process that ended may have left something."""
        self._tasks = [asyncio.create_task(_often(work)) for work in (self._keep_up, self._tell_staff)]

    async def stop(self) -> None:
        """What is not done is done by another process, or after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_up(self) -> None:
        for changed in await asyncio.to_thread(self._upkeep.run):
            if changed.events:
                self._streams.wake(changed.contact_id)

    async def _tell_staff(self) -> None:
        await asyncio.to_thread(self._notifier.run)


async def _often(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except DatabaseError as error:
            log_problem("handoff_upkeep_failed", cause=str(error))
        except Exception as error:
            # Whatever is wrong with one notice or one text, time must not stand still for everybody.
            log_problem("handoff_upkeep_broken", cause=type(error).__name__)
        await asyncio.sleep(_EVERY_SECONDS)
