"""Erases people at Meta's word, now or as soon as Meta tells who they are at our pages. Routes: `deletion_routes`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.foundation.logging import log_problem
from bot.gateway.door_replies import erased
from bot.gateway.streams import Passing, Streams
from bot.gateway.words import GatewayWords
from bot.services.messenger.deletion import Deletions
from bot.services.messenger.intake import TakenContact
from bot.store.database import DatabaseError

_EVERY_SECONDS = 300.0

#: A person's id for the app to their ids at our pages; Meta names people by the first in its call. Raises when Meta
#: does not answer; nobody at our pages is an empty list.
PsidsOf = Callable[[str], Awaitable[list[str]]]


class Eraser:
    """One per process. `start` and `stop` with the server. Without `psids_of` an id is looked for as it stands."""

    def __init__(
        self, deletions: Deletions, words: GatewayWords, streams: Streams, psids_of: PsidsOf | None = None
    ) -> None:
        self._deletions, self._words, self._streams, self._psids_of = deletions, words, streams, psids_of
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with the requests that a process before left open."""
        self._task = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Look no more; what is open stays so."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def erase(self, user_id: str) -> str:
        """Take a request in and do it where that is possible now; its code. Raises DatabaseError."""
        code = await asyncio.to_thread(self._deletions.begin, user_id)
        await self._do(code, user_id)
        return code

    async def erase_at_own_word(self, contact: TakenContact) -> None:
        """Erase somebody who has asked for it in the conversation, and say so. Raises DatabaseError."""
        reply = erased(self._words, contact.language).as_dict()
        who = (contact.contact_id, contact.page_id, contact.psid)
        new = await asyncio.to_thread(self._deletions.erase_at_own_word, *who, reply)
        self._streams.tell(contact.contact_id, Passing("erased", {}))
        self._streams.wake(new)

    async def _do(self, code: str, user_id: str) -> None:
        psids = {user_id}
        if self._psids_of is not None:
            try:
                psids.update(await self._psids_of(user_id))
            except Exception as error:
                # The page of the request says so, and the next look tries again.
                log_problem("messenger_deletion_waits", cause=type(error).__name__)
                return
        for contact_id in await asyncio.to_thread(self._deletions.erase, code, psids):
            self._streams.tell(contact_id, Passing("erased", {}))

    async def _look(self) -> None:
        while True:
            try:
                for request in await asyncio.to_thread(self._deletions.still_open):
                    if request.user_id:
                        await self._do(request.code, request.user_id)
            except DatabaseError as error:
                log_problem("database_failed", cause=str(error))
            await asyncio.sleep(_EVERY_SECONDS)
