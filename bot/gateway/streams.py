"""Hands new events to the open streams of a contact, and what is never stored (typing, delay)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.services.conversations.records import Event


@dataclass(frozen=True)
class Passing:
    """Told to whoever listens now, and not kept."""

    kind: str
    data: dict[str, Any]


#: Signs of the person for whoever of the staff reads along; their own stream does not tell them.
VISITOR_TYPING, VISITOR_SAW = "visitor_typing", "visitor_saw"
FOR_STAFF = frozenset({VISITOR_TYPING, VISITOR_SAW})

#: What was told to a contact; None for stored events that are not at hand.
Told = tuple[Event | Passing, ...] | None

#: What becomes of the state that streams are told when they open: `passing` is added to it, or it is over.
ADDED, OVER = "added", "over"


@dataclass(frozen=True)
class News:
    """What another gateway should tell its streams too. `is_stored`: the database holds something new."""

    contact_id: str
    is_stored: bool = False
    passing: tuple[Passing, ...] = ()
    state: str | None = None


@dataclass(eq=False)
class Listener:
    """One open stream. `should_look` says that the database may hold something new; `is_visitor` that it is the
    person's own."""

    contact_id: str
    inbox: list[Event | Passing] = field(default_factory=list)
    should_look: bool = True
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    is_visitor: bool = False
    #: How the person stands, as this stream was told last; `has_stood` once it was looked at.
    standing: tuple[str | int | None, ...] | None = None
    has_stood: bool = False

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
    """All listeners of this process by contact. Used from the event loop alone.

    `pass_on` is set by the relay, where there are other gateways; `on_told` by a door that sends by itself, which is
    called with what this gateway told.
    """

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._state: dict[str, list[Passing]] = {}
        self._state_elsewhere: dict[str, list[Passing]] = {}
        self.pass_on: Callable[[News], None] | None = None
        self.on_told: Callable[[str, Told], None] | None = None

    def listen(self, contact_id: str, is_visitor: bool = False) -> Listener:
        """A new listener, told at once whether an answer is on its way; hand it back with `leave`."""
        states = (self._state, self._state_elsewhere)
        inbox: list[Event | Passing] = [one for state in states for one in state.get(contact_id, ())]
        listener = Listener(contact_id, inbox, is_visitor=is_visitor)
        self._listeners[contact_id].add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """The stream is closed."""
        listeners = self._listeners[listener.contact_id]
        listeners.discard(listener)
        if not listeners:
            del self._listeners[listener.contact_id]

    def of_visitors(self) -> list[Listener]:
        """The people's own streams that are open here."""
        return [one for listeners in self._listeners.values() for one in listeners if one.is_visitor]

    def wake(self, contact_id: str) -> None:
        """Stored events are there."""
        self._tell(News(contact_id, is_stored=True))
        self._note(contact_id, None)

    def tell(self, contact_id: str, *items: Event | Passing) -> None:
        """Tell what is stored already, or what passes."""
        for listener in self._listeners.get(contact_id, ()):
            listener.give(*items)
        passing = tuple(item for item in items if isinstance(item, Passing))
        self._send(News(contact_id, is_stored=len(passing) < len(items), passing=passing))
        self._note(contact_id, items)

    def tell_passing(self, contact_id: str, kind: str, data: dict[str, Any]) -> None:
        """Tell what passes, here and at the other gateways."""
        self.tell(contact_id, Passing(kind, data))

    def tell_state(self, contact_id: str, passing: Passing) -> None:
        """Tell what passes, now and to streams that open before `clear_state`."""
        self._tell(News(contact_id, passing=(passing,), state=ADDED))
        self._note(contact_id, (passing,))

    def clear_state(self, contact_id: str) -> None:
        """What was told of the state does not hold any more."""
        self._tell(News(contact_id, state=OVER))

    def hear(self, news: News) -> None:
        """What another gateway has told its own streams."""
        self._apply(news, self._state_elsewhere)

    def look_all(self) -> None:
        """News of other gateways may have been missed."""
        self._state_elsewhere.clear()
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.look()

    def close_all(self) -> None:
        """The server stops: streams end, and come back to the next one."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.give(Passing("closing", {}))

    def _apply(self, news: News, state: dict[str, list[Passing]]) -> None:
        if news.state == OVER:
            # Also what a gateway has said that died since.
            self._state_elsewhere.pop(news.contact_id, None)
            state.pop(news.contact_id, None)
        elif news.state == ADDED:
            state.setdefault(news.contact_id, []).extend(news.passing)
        for listener in self._listeners.get(news.contact_id, ()):
            if news.is_stored:
                listener.look()
            if news.passing:
                listener.give(*news.passing)

    def _tell(self, news: News) -> None:
        self._apply(news, self._state)
        self._send(news)

    def _note(self, contact_id: str, items: Told) -> None:
        if self.on_told:
            self.on_told(contact_id, items)

    def _send(self, news: News) -> None:
        if self.pass_on:
            self.pass_on(news)
