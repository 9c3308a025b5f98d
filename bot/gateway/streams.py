"""Hands new events to the open streams of a contact, and what is never stored (typing, delay)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bot.services.conversations.records import Event


@dataclass(frozen=True)
class Passing:
    """Told to whoever listens now, and not kept."""

    kind: str
    data: dict[str, Any]


@dataclass(eq=False)
class Listener:
    """One open stream. `should_look` says that the database may hold something new."""

    contact_id: str
    inbox: list[Event | Passing] = field(default_factory=list)
    should_look: bool = True
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def look(self) -> None:
        """Look into the database."""
        self.should_look = True
        self.woken.set()

    def give(self, *items: Event | Passing) -> None:
        """Take these without a detour by the database."""
        self.inbox.extend(items)
        self.woken.set()

    def take(self) -> list[Event | Passing]:
        """Empty the inbox."""
        taken, self.inbox = self.inbox, []
        self.woken.clear()
        return taken


class Streams:
    """All listeners of this process by contact. Used from the event loop alone."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._state: dict[str, list[Passing]] = {}

    def listen(self, contact_id: str) -> Listener:
        """A new listener, told at once whether an answer is on its way; hand it back with `leave`."""
        listener = Listener(contact_id, inbox=list(self._state.get(contact_id, ())))
        self._listeners[contact_id].add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """The stream is closed."""
        listeners = self._listeners[listener.contact_id]
        listeners.discard(listener)
        if not listeners:
            del self._listeners[listener.contact_id]

    def wake(self, contact_id: str) -> None:
        """Stored events are there."""
        for listener in self._listeners.get(contact_id, ()):
            listener.look()

    def tell(self, contact_id: str, *items: Event | Passing) -> None:
        """Tell what is stored already, or what passes."""
        for listener in self._listeners.get(contact_id, ()):
            listener.give(*items)

    def tell_state(self, contact_id: str, passing: Passing) -> None:
        """Tell what passes, now and to streams that open before `clear_state`."""
        self._state.setdefault(contact_id, []).append(passing)
        self.tell(contact_id, passing)

    def clear_state(self, contact_id: str) -> None:
        """What was told of the state does not hold any more."""
        self._state.pop(contact_id, None)

    def close_all(self) -> None:
        """The server stops: streams end, and come back to the next one."""
        for contact_id in list(self._listeners):
            self.tell(contact_id, Passing("closing", {}))
