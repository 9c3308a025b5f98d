"""Which messages are with the brain, and which of them are to blame when it is lost. Used by the dispatcher.

When the process ends, every message that was with it may be the cause. Those are sent again one at a time,
also among gateways that share a brain; the next loss is then blamed on the one of them that was with it,
never on its neighbours.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.gateway.fair_places import FIRST_DOOR, FairPlaces
from bot.store.one_at_a_time import OneAtATime

_AGAIN_SECONDS = 0.25


@dataclass(eq=False)
class Flight:
    """One message with the brain. `is_excused`: a suspect was with it too."""

    is_suspect: bool
    is_excused: bool = False


class InFlight:
    """Lets `at_once` messages fly together, shared fairly by the doors, of them one suspect at most."""

    def __init__(self, at_once: int, among_gateways: OneAtATime) -> None:
        self._places = FairPlaces(at_once)
        self._among_gateways = among_gateways
        self._suspects = asyncio.Semaphore(1)
        self._flights: set[Flight] = set()

    @property
    def is_first_door_busy(self) -> bool:
        """Whether messages of the website fly, or did a moment ago."""
        return self._places.is_first_door_busy

    @asynccontextmanager
    async def fly(self, attempts: int, door: str = FIRST_DOOR) -> AsyncIterator[Flight]:
        """Take a place, waiting for it. `attempts` are those that failed with this message before; `door` is the
        one by which it came."""
        async with AsyncExitStack() as places:
            if attempts:
                await places.enter_async_context(self._suspects)
                await places.enter_async_context(self._alone())
            await places.enter_async_context(self._places.place(door))
            flight = Flight(is_suspect=attempts > 0)
            if flight.is_suspect:
                for other in self._flights:
                    other.is_excused = True
            else:
                flight.is_excused = any(other.is_suspect for other in self._flights)
            self._flights.add(flight)
            try:
                yield flight
            finally:
                self._flights.discard(flight)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """No other gateway sends a suspect meanwhile. Used by one task at a time."""
        while not await asyncio.to_thread(self._among_gateways.take):
            await asyncio.sleep(_AGAIN_SECONDS)
        try:
            yield
        finally:
            await asyncio.shield(asyncio.to_thread(self._among_gateways.give_back))
