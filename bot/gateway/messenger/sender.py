"""Sends what was told to people of Messenger: in order and one piece at a time per person, many people at once.

The outbox is the truth. Woken when something was stored for a contact, and looks into the database now and then as
well, so that nothing is left behind by a process that died or a page that was refused.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.foundation.logging import log_problem
from bot.gateway.messenger.page_states import OK
from bot.gateway.messenger.posting import Posting, Stop
from bot.gateway.streams import Told
from bot.services.conversations.records import Event
from bot.services.messenger.deliveries import Address, Deliveries, Outgoing
from bot.services.messenger.outgoing import is_to_be_sent
from bot.store.database import DatabaseError

T = TypeVar("T")

#: Prolonged at every look: when a gateway dies, another goes on after so long at most.
LEASE_SECONDS = 15.0
_LOOK_SECONDS = 2.0
#: Threads of our own, so that a burst of messages to Messenger never queues before a visitor of the website.
_THREADS = 2
_REMEMBERED = 20_000
_UNKNOWN = Address("", "")


class Sender:
    """One per process. `start` and `stop` with the server. `worker` names this gateway, the same after a restart."""

    def __init__(self, deliveries: Deliveries, posting: Posting, worker: str) -> None:
        self._deliveries, self._posting, self._worker = deliveries, posting, worker
        self._addresses: OrderedDict[str, Address | None] = OrderedDict()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._looking: asyncio.Task[None] | None = None
        self._is_over = False
        self._threads = ThreadPoolExecutor(_THREADS, "messenger-sender")
        posting.run = self.run

    def start(self) -> None:
        """Begin to look for what is to be sent."""
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Leave what is not sent for the next start; nothing is lost."""
        self._is_over = True
        tasks = [task for task in (self._looking, *self._busy.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._threads.shutdown()

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Run a service in one of the sender's threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)

    def hear(self, contact_id: str, items: Told) -> None:
        """Something was told to a contact of whatever door. Called by the streams."""
        is_news = items is None or any(isinstance(item, Event) and is_to_be_sent(item) for item in items)
        if is_news and not self.is_elsewhere(contact_id):
            self.wake(contact_id)

    def is_elsewhere(self, contact_id: str) -> bool:
        """Whether a contact is known to be of another door."""
        return self._addresses.get(contact_id, _UNKNOWN) is None

    def wake(self, contact_id: str) -> None:
        """Something may be to be sent to this contact."""
        if self._is_over:
            return
        if contact_id in self._busy:
            self._again.add(contact_id)
            return
        task = asyncio.create_task(self._serve(contact_id))
        self._busy[contact_id] = task
        task.add_done_callback(lambda done: self._served(contact_id, done))

    async def address_of(self, contact_id: str) -> Address | None:
        """Where a contact is at Meta; remembered, also for those of other doors."""
        if contact_id not in self._addresses:
            self._addresses[contact_id] = await self.run(self._deliveries.address_of, contact_id)
            while len(self._addresses) > _REMEMBERED:
                self._addresses.popitem(last=False)
        return self._addresses[contact_id]

    def _served(self, contact_id: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(contact_id, None)
        is_done = contact_id not in self._again
        self._again.discard(contact_id)
        if task.cancelled():
            return
        if error := task.exception():
            log_problem("messenger_sending_failed", cause=type(error).__name__)
        elif not is_done:
            self.wake(contact_id)

    async def _look(self) -> None:
        is_begun = False
        while True:
            try:
                if not is_begun:
                    await self._posting.begin()
                    is_begun = True
                if self._busy:
                    await self.run(self._deliveries.prolong, list(self._busy), self._worker, LEASE_SECONDS)
                await self._posting.look()
                await self._wake_due()
            except DatabaseError as error:
                log_problem("database_failed", cause=str(error))
            except Exception as error:
                # Whatever is wrong, what others wait for must go on.
                log_problem("messenger_look_failed", cause=type(error).__name__)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _wake_due(self) -> None:
        """Wake everybody for whom something waits; of a page that was refused only one, as a trial."""
        states = self._posting.states
        resting = [page_id for page_id in states.refused() if states.is_resting(page_id)]
        on_trial: set[str] = set()
        for contact_id, page_id in await self.run(self._deliveries.due, resting):
            if contact_id in self._busy or page_id in on_trial:
                continue
            if states.state_of(page_id) != OK:
                on_trial.add(page_id)
            self.wake(contact_id)

    async def _serve(self, contact_id: str) -> None:
        """Send everything that is to be sent to one person."""
        if await self.address_of(contact_id) is None:
            return
        outgoing = await self.run(self._deliveries.begin, contact_id, self._worker, LEASE_SECONDS)
        try:
            while outgoing:
                outgoing = await self._send_all(outgoing)
        except BaseException:
            # Its own thread may be gone when the server stops; the lease then ends by itself.
            await asyncio.shield(asyncio.to_thread(self._deliveries.release, contact_id, self._worker))
            raise

    async def _send_all(self, outgoing: Outgoing) -> Outgoing | None:
        try:
            return await self._posting.post(outgoing, self._worker)
        except Stop as stop:
            await self.run(
                self._deliveries.postpone, outgoing.contact_id, self._worker, stop.seconds, outgoing.attempts + 1
            )
            return None
