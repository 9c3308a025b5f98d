"""Shows people of Messenger that their message was seen and is worked on. Tried once; dropped when busy."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot.foundation.messenger_settings import MessengerSettings
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.graph_errors import GraphFailure
from bot.gateway.messenger.page_states import OK, PageStates
from bot.gateway.messenger.sender import Sender
from bot.gateway.streams import Passing, Told
from bot.services.conversations.records import Event
from bot.services.messenger.deliveries import Address
from bot.store.database import DatabaseError

#: Under a burst the answers count, not the dots.
_AT_ONCE = 10
#: That an answer takes time is said so seldom: to one person, and to anybody.
_DELAYED_AGAIN_SECONDS, _DELAYED_APART_SECONDS = 600.0, 1.0
_REMEMBERED = 1000
_TAKEN_UP, _WORKING, _IDLE = ("mark_seen", "typing_on"), ("typing_on",), ("typing_off",)


class Signs:
    """One per process."""

    def __init__(self, settings: MessengerSettings, client: GraphClient, sender: Sender, states: PageStates) -> None:
        self._settings, self._client, self._sender, self._states = settings, client, sender, states
        self._tasks: set[asyncio.Task[None]] = set()
        self._said_delayed: OrderedDict[str, float] = OrderedDict()
        self._last_delayed = float("-inf")
        self._is_over = False

    def hear(self, contact_id: str, items: Told) -> None:
        """Something was told to a contact of whatever door. Called by the streams."""
        if self._sender.is_elsewhere(contact_id):
            return
        for item in items or ():
            if isinstance(item, Passing) and item.kind == "delayed":
                self._begin(self._say_delayed(contact_id, str(item.data["text"])))
            if isinstance(item, Passing) and item.kind == "typing":
                has_answer = any(isinstance(one, Event) for one in items or ())
                if item.data["on"]:
                    self._begin(self._show_to(contact_id, _TAKEN_UP))
                elif not has_answer:  # a message ends it by itself
                    self._begin(self._show_to(contact_id, _IDLE))

    def show_typing(self, address: Address) -> None:
        """More follows in a moment."""
        self._begin(self._show(address, _WORKING))

    async def stop(self) -> None:
        """End what is under way; nothing begins any more."""
        self._is_over = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        if self._is_over or len(self._tasks) >= _AT_ONCE:
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _say_delayed(self, contact_id: str, words: str) -> None:
        """Say that the answer takes time: rarely to one person, and not to everybody in a burst."""
        moment = time.monotonic()
        said_at = self._said_delayed.get(contact_id, -_DELAYED_AGAIN_SECONDS)
        if moment - self._last_delayed < _DELAYED_APART_SECONDS or moment - said_at < _DELAYED_AGAIN_SECONDS:
            return
        self._last_delayed = self._said_delayed[contact_id] = moment
        self._said_delayed.move_to_end(contact_id)
        while len(self._said_delayed) > _REMEMBERED:
            self._said_delayed.popitem(last=False)
        address = await self._address_of(contact_id)
        page = self._settings.page(address.page_id) if address else None
        if page is None or address is None or self._states.state_of(page.id) != OK:
            return
        with suppress(GraphFailure):
            await self._client.say(page, address.psid, words)
            await self._client.act(page, address.psid, "typing_on")

    async def _show_to(self, contact_id: str, actions: tuple[str, ...]) -> None:
        if address := await self._address_of(contact_id):
            await self._show(address, actions)

    async def _address_of(self, contact_id: str) -> Address | None:
        try:
            return await self._sender.address_of(contact_id)
        except DatabaseError:
            return None

    async def _show(self, address: Address, actions: tuple[str, ...]) -> None:
        page = self._settings.page(address.page_id)
        if page is None or self._states.state_of(page.id) != OK:
            return
        try:
            for action in actions:
                await self._client.act(page, address.psid, action)
        except GraphFailure:
            pass  # what hinders a sign hinders the answer too, and is told there
