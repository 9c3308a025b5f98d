"""Stores Meta's calls at once, many in one transaction, and has them worked off in their order. Used by the webhook.

While visitors of the website talk, calls are worked off with pauses: who writes by Messenger looks again when the
telephone rings, and whoever watches the screen must not feel a burst.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from bot.foundation.logging import log_problem
from bot.services.messenger.calls import Calls, WorkedOff
from bot.store.database import DatabaseError

#: Worked off in one transaction; on SQLite nobody else writes meanwhile, so only a few.
_TOGETHER = 3
#: Looked for calls that another gateway has stored and left, so often.
_LOOK_SECONDS = 2.0
_AGAIN_SECONDS = 1.0
#: While the website is busy, a pause as many times as long as the work before it.
_PAUSE_TIMES = 3.0


class Arrivals:
    """One per process. `tell` is called with what came of calls; `is_busy` says whether the website is busy."""

    def __init__(
        self,
        calls: Calls,
        tell: Callable[[WorkedOff], Awaitable[None]],
        is_busy: Callable[[], bool],
        worker: str,
        lease: float,
    ) -> None:
        self._calls, self._tell, self._is_busy, self._worker, self._lease = calls, tell, is_busy, worker, lease
        # Their own, so that Meta waits for nothing else that the process does, nor for what it has told before.
        self._threads = tuple(ThreadPoolExecutor(1, thread_name_prefix=f"messenger-{name}") for name in ("in", "off"))
        self._bodies: list[bytes] = []
        self._stored: asyncio.Future[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._working: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    def start(self) -> None:
        """Begin to work off; also what was left before the process ended."""
        self._working = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Leave what is stored for the next start; nothing is lost."""
        tasks = [task for task in (self._working, self._keeping) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for threads in self._threads:
            threads.shutdown(wait=False)

    async def keep(self, body: bytes) -> None:
        """Come back when the call is stored. Raises DatabaseError; then it is not."""
        self._bodies.append(body)
        if self._stored is None:
            self._stored = asyncio.get_running_loop().create_future()
        stored = self._stored
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_all())
        await asyncio.shield(stored)

    async def _keep_all(self) -> None:
        """Store what has come, and then what has come meanwhile."""
        while self._stored is not None:
            bodies, stored, self._bodies, self._stored = self._bodies, self._stored, [], None
            try:
                await asyncio.get_running_loop().run_in_executor(self._threads[0], self._calls.keep, bodies)
            except DatabaseError as error:
                stored.set_exception(error)
            except BaseException:
                stored.set_exception(DatabaseError("the server stops"))
                raise
            else:
                stored.set_result(None)
                self._news.set()
            # Whoever waited may have gone; then nobody else asks how it went.
            stored.exception()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._news.clear()
            begun, pause = time.perf_counter(), 0.0
            try:
                done = await loop.run_in_executor(
                    self._threads[1], self._calls.work_off, _TOGETHER, self._worker, self._lease
                )
                await self._tell(done)
                if done.held:
                    await loop.run_in_executor(self._threads[1], self._calls.remove, done.held)
                if done.count and self._is_busy():
                    pause = _PAUSE_TIMES * (time.perf_counter() - begun)
            except DatabaseError as error:
                log_problem("database_failed", cause=str(error))
                done, pause = WorkedOff(1), _AGAIN_SECONDS
            if pause:
                await asyncio.sleep(pause)
            if not done.count:
                timer = loop.call_later(_LOOK_SECONDS, self._news.set)
                await self._news.wait()
                timer.cancel()
