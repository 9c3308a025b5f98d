"""Who listens to whom: wakes open streams of a contact, and carries what is never stored (typing, delay)."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from typing import Any

#: What is told but not kept: kind and data.
Passing = tuple[str, dict[str, Any]]


class Listener:
    """One open stream. `wait` returns when there may be something new."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._passing: list[Passing] = []

    def wake(self, passing: Passing | None = None) -> None:
        """There is something new: stored events, or this passing one."""
        if passing:
            self._passing.append(passing)
        self._woken.set()

    async def wait(self, seconds: float) -> list[Passing]:
        """The passing events since the last call, after a wake-up or after `seconds`."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()
        passing, self._passing = self._passing, []
        return passing


class Streams:
    """All listeners of this process by contact."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)

    def listen(self, contact_id: str) -> Listener:
        """A new listener; hand it back with `leave`."""
        listener = Listener()
        self._listeners[contact_id].add(listener)
        return listener

    def leave(self, contact_id: str, listener: Listener) -> None:
        """The stream is closed."""
        self._listeners[contact_id].discard(listener)
        if not self._listeners[contact_id]:
            del self._listeners[contact_id]

    def wake(self, contact_id: str) -> None:
        """Stored events are there."""
        for listener in self._listeners.get(contact_id, ()):
            listener.wake()

    def tell(self, contact_id: str, kind: str, data: dict[str, Any]) -> None:
        """Tell something that is not stored."""
        for listener in self._listeners.get(contact_id, ()):
            listener.wake((kind, data))

    def close_all(self) -> None:
        """The server stops: streams end, and come back to the next one."""
        for listeners in list(self._listeners.values()):
            for listener in list(listeners):
                listener.wake(("closing", {}))
