"""Places with the brain, shared by the doors: a burst at one leaves visitors of the website what they are used to.

Visitors of the website watch the screen; who writes by Messenger looks again when the telephone rings.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

FIRST_DOOR = "web"
#: So long after its last message the first door counts as busy.
_BUSY_SECONDS = 3.0
#: Another door has at most one place in so many while the first one is busy, and leaves one in so many otherwise.
_BESIDE, _LEFT_FREE = 16, 4
#: While the first one is busy, another door rests so many times as long as its last message took there: what it costs
#: around the brain (storing, sending) would slow down the first door too.
_REST_TIMES, _LONGEST_REST_SECONDS = 2.0, 0.5


class FairPlaces:
    """`at_once` places. The first door may take them all and comes first; any other has its share, in order."""

    def __init__(self, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._free, self._clock = at_once, at_once, clock
        self._held: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        self._busy_until = float("-inf")
        self._rests: Counter[str] = Counter()

    @asynccontextmanager
    async def place(self, door: str) -> AsyncIterator[None]:
        """Have a place, waiting for it."""
        self._note(door)
        await self._take(door)
        begun = self._clock()
        try:
            yield
        finally:
            self._note(door)
            self._rest(door, min(_LONGEST_REST_SECONDS, _REST_TIMES * (self._clock() - begun)))
            self._give_back(door)

    async def _take(self, door: str) -> None:
        if not self._waiting.get(door) and self._may(door):
            self._hold(door)
            return
        turn = asyncio.get_running_loop().create_future()
        queue = self._waiting.setdefault(door, deque())
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(door)  # it was our turn at the very moment
            elif turn in queue:
                queue.remove(turn)
            raise

    def _give_back(self, door: str) -> None:
        self._held[door] -= 1
        self._free += 1
        self._go_on()

    def _go_on(self) -> None:
        # Who holds least comes first among the other doors.
        others = sorted((one for one in self._waiting if one != FIRST_DOOR), key=lambda one: self._held[one])
        for one in (FIRST_DOOR, *others):
            queue = self._waiting.get(one)
            while queue and self._may(one):
                turn = queue.popleft()
                if not turn.done():
                    self._hold(one)
                    turn.set_result(None)

    def _may(self, door: str) -> bool:
        if not self._free:
            return False
        if door == FIRST_DOOR:
            return True
        is_resting = self.is_first_door_busy and self._rests[door] > 0
        return not is_resting and self._held[door] < self._share()

    def _rest(self, door: str, seconds: float) -> None:
        if door == FIRST_DOOR or not self.is_first_door_busy:
            return
        self._rests[door] += 1
        asyncio.get_running_loop().call_later(seconds, self._rested, door)

    def _rested(self, door: str) -> None:
        self._rests[door] -= 1
        self._go_on()

    @property
    def is_first_door_busy(self) -> bool:
        """Whether it has a place, or had one a moment ago."""
        return self._held[FIRST_DOOR] > 0 or self._clock() < self._busy_until

    def _share(self) -> int:
        share = self._at_once // _BESIDE if self.is_first_door_busy else self._at_once - self._at_once // _LEFT_FREE
        return max(1, share)

    def _hold(self, door: str) -> None:
        self._held[door] += 1
        self._free -= 1

    def _note(self, door: str) -> None:
        if door == FIRST_DOOR:
            self._busy_until = self._clock() + _BUSY_SECONDS
