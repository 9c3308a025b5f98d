"""Tells people's open streams how they stand: the place in the queue when it changes, who has the conversation; and
notes that they are there. Put together in `bot.app`.

Every gateway looks for its own streams, so nothing has to pass between them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from bot.foundation.logging import log_problem
from bot.gateway.streams import Listener, Passing, Streams
from bot.services.handoff.signs import Signs, Standing
from bot.store.database import DatabaseError

#: Looked at so often. That somebody is there is noted at once, and then every few seconds.
_LOOK_SECONDS, _NOTE_SECONDS = 1.0, 5.0
#: The kind of the event.
HANDOFF = "handoff"


class Standings:
    """One per process. `start` and `stop` with the server."""

    def __init__(self, signs: Signs, streams: Streams) -> None:
        self._signs, self._streams = signs, streams
        self._noted: frozenset[str] = frozenset()
        self._noted_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Look no more."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Tell what is new, and note who is there. Raises DatabaseError."""
        listeners = self._streams.of_visitors()
        if not listeners:
            return
        standings = await asyncio.to_thread(self._signs.standings)
        unknown = {one.contact_id for one in listeners if not one.has_stood and one.contact_id not in standings}
        # Whoever has never asked for a person hears nothing.
        had = await asyncio.to_thread(self._signs.had_any, unknown) if unknown else frozenset()
        for one in listeners:
            _tell(one, standings.get(one.contact_id), one.contact_id in had)
        await self._note({one.contact_id for one in listeners}.intersection(standings))

    async def _note(self, contact_ids: Collection[str]) -> None:
        now, here = asyncio.get_running_loop().time(), frozenset(contact_ids)
        if here and (here - self._noted or now - self._noted_at >= _NOTE_SECONDS):
            await asyncio.to_thread(self._signs.here, here)
            self._noted, self._noted_at = here, now

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except DatabaseError as error:
                log_problem("standings_failed", cause=str(error))
            except Exception as error:
                # One fault must not leave everybody without their place for good.
                log_problem("standings_broken", cause=type(error).__name__)
            await asyncio.sleep(_LOOK_SECONDS)


def _tell(listener: Listener, standing: Standing | None, had_any: bool) -> None:
    now = (standing.state, standing.place, standing.name) if standing else None
    is_news = now != listener.standing if listener.has_stood else bool(standing) or had_any
    listener.standing, listener.has_stood = now, True
    if is_news:
        listener.give(Passing(HANDOFF, _data(standing)))


def _data(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {"state": None}
    if standing.place is not None:
        return {"state": standing.state, "place": standing.place}
    return {"state": standing.state, "name": standing.name, "saw": standing.staff_saw}
