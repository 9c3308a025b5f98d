"""Works off waiting messages: in order and one at a time per contact, several contacts at once.

Woken by the door when a message was stored; looks into the database now and then as well, so that nothing
is left behind by a process that died.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bot.foundation.clock import now
from bot.foundation.logging import log_event, log_problem
from bot.gateway.brain_client import BrainAway, BrainClient, BrainFailed, TurnRefused
from bot.gateway.handoff_seam import HandoffSeam, for_bot_to_read
from bot.gateway.in_flight import InFlight
from bot.gateway.leases import LEASE_SECONDS, Leases
from bot.gateway.metrics import Metrics
from bot.gateway.own_answers import OwnAnswers
from bot.gateway.streams import Passing, Streams
from bot.services.conversations.conversations import Conversations
from bot.services.conversations.records import Told, Waiting
from bot.services.handoff.form_turns import ForBot
from bot.store.database import DatabaseError

#: A message that breaks the brain so often is set aside, so that the next ones go on.
ATTEMPTS = 3
#: After so long without an answer the visitor is told that it takes time.
DELAY_NOTICE_SECONDS = 4.0

#: The decision in the turn report of what the door answered by itself.
OWN = "own"

_AS_IT_IS = ForBot()
_LOOK_SECONDS = 2.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.25, 3.0


class Dispatcher:
    """One per process. `start` and `stop` with the server.

    `worker` names this gateway, the same after a restart: then it takes up at once what it had before.
    """

    def __init__(
        self,
        conversations: Conversations,
        brain: BrainClient,
        own: OwnAnswers,
        handoff: HandoffSeam,
        streams: Streams,
        metrics: Metrics,
        in_flight: InFlight,
        worker: str,
    ) -> None:
        self._conversations, self._brain, self._own, self._handoff = conversations, brain, own, handoff
        self._streams, self._metrics, self.worker = streams, metrics, worker
        self._in_flight, self._leases = in_flight, Leases(conversations, worker)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look for waiting messages."""
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Leave what is not done for the next start; nothing is lost."""
        tasks = [task for task in (self._looking, *self._busy.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def is_website_busy(self) -> bool:
        """Whether visitors of the website talk at the moment."""
        return self._in_flight.is_first_door_busy

    async def answer_at_once(self, message_id: str, choice: str | None) -> None:
        """Answer what needs no Rasa, without waiting for the messages before it: a choice of ours, or words (None)
        while a callback form asks."""
        is_own = choice is not None and self._own.knows(choice)
        if not is_own and choice is not None and not self._handoff.knows(choice):
            return
        waiting = await asyncio.to_thread(self._conversations.waiting, message_id)
        if waiting is None:
            return
        # Without the worker: the contact may be in its hands, with an earlier message.
        told = await self._handoff.take(waiting, None)
        if is_own and isinstance(told, ForBot):
            told = await self._answer_own(waiting, None)
        elif isinstance(told, ForBot) and told.is_form and not await self._brain.is_ready():
            told = await self._handoff.without_bot(waiting, told, None)
        if isinstance(told, Told) and told.events:
            self._streams.wake(waiting.contact_id)

    def wake(self, contact_id: str, waiting: Waiting | None = None) -> None:
        """A message of this contact waits; `waiting` if it is known and the contact claimed already."""
        if contact_id in self._busy:
            self._again.add(contact_id)
            return
        task = asyncio.create_task(self._serve(contact_id, waiting))
        self._busy[contact_id] = task
        task.add_done_callback(lambda done: self._served(contact_id, done))

    def _served(self, contact_id: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(contact_id, None)
        if not task.cancelled() and task.exception():
            log_problem("dispatch_failed", cause=type(task.exception()).__name__)
        if contact_id in self._again:
            self._again.discard(contact_id)
            self.wake(contact_id)

    async def _look(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._leases.prolong, list(self._busy))
                for contact_id in await asyncio.to_thread(self._conversations.contacts_waiting):
                    if contact_id not in self._busy:
                        self.wake(contact_id)
            except DatabaseError as error:
                log_problem("database_failed", cause=str(error))
            await asyncio.sleep(_LOOK_SECONDS)

    async def _serve(self, contact_id: str, waiting: Waiting | None) -> None:
        """Work off everything that waits for one contact."""
        if waiting is None:
            waiting = await asyncio.to_thread(self._leases.claim_next, contact_id)
        try:
            while waiting:
                waiting = (await self._work_off(waiting)).following
        except BaseException:
            await asyncio.shield(asyncio.to_thread(self._leases.release, contact_id))
            raise

    async def _work_off(self, waiting: Waiting) -> Told:
        contact_id = waiting.contact_id
        self._streams.tell_state(contact_id, Passing("typing", {"on": True}))
        notice = asyncio.get_running_loop().call_later(DELAY_NOTICE_SECONDS, self._tell_delay, waiting)
        told = Told([])
        try:
            told = await self._answer(waiting)
        finally:
            notice.cancel()
            self._streams.clear_state(contact_id)
            self._streams.tell(contact_id, *told.events, Passing("typing", {"on": False}))
        return told

    async def _answer(self, waiting: Waiting) -> Told:
        for_bot = await self._handoff.take(waiting, self.worker)
        if isinstance(for_bot, Told):
            return for_bot
        if waiting.choice and self._own.knows(waiting.choice):
            return await self._answer_own(waiting, self.worker, for_bot)
        attempts, pause = waiting.attempts, _FIRST_PAUSE_SECONDS
        while attempts < ATTEMPTS:
            try:
                async with self._in_flight.fly(attempts, waiting.channel) as flight:
                    begun = time.perf_counter()
                    answered = await self._brain.ask(for_bot_to_read(waiting, for_bot))
                    brain = 1000 * (time.perf_counter() - begun)
            except BrainAway as error:
                self._metrics.brain_away.inc()
                log_event("brain_away", cause=str(error))
            except TurnRefused:
                return await self._set_aside(waiting, "choice_gone")
            except BrainFailed as error:
                is_blamed = not (error.was_lost and flight.is_excused)
                log_problem("brain_failed", cause=str(error), attempts=attempts, is_blamed=is_blamed)
                if is_blamed:
                    attempts = await asyncio.to_thread(self._conversations.failed, waiting.message_id)
                    if not attempts:
                        return Told([])  # erased meanwhile
                    if attempts >= ATTEMPTS:
                        break
            else:
                reply = answered.reply if answered.reply.get("parts") else self._own.apology(waiting)
                reply = self._own.with_notices(reply)
                return await self._keep(waiting, reply, answered.report, brain, self.worker, for_bot)
            if for_bot.is_form:
                return await self._handoff.without_bot(waiting, for_bot, self.worker)
            if not await self._wait_for_brain(waiting.contact_id, pause):
                return Told([])
            as_it_is = await asyncio.to_thread(self._conversations.waiting, waiting.message_id)
            if as_it_is is None:
                return await asyncio.to_thread(self._conversations.pass_over, waiting, self.worker)
            waiting = as_it_is  # the person may have changed the words meanwhile
            pause = min(_LONGEST_PAUSE_SECONDS, pause * 2)
        return await self._set_aside(waiting, "set_aside")

    async def _wait_for_brain(self, contact_id: str, pause: float) -> bool:
        """Wait until it takes turns again; False when another gateway has taken the contact over."""
        await asyncio.sleep(pause)
        while True:
            try:
                await asyncio.wait_for(self._brain.until_ready(), LEASE_SECONDS / 3)
                return await asyncio.to_thread(self._leases.claim, contact_id)
            except asyncio.TimeoutError:
                # A brain that is long away must not cost the lease: another gateway would answer too.
                if not await asyncio.to_thread(self._leases.claim, contact_id):
                    return False

    async def _answer_own(self, waiting: Waiting, worker: str | None, for_bot: ForBot = _AS_IT_IS) -> Told:
        reply = await asyncio.to_thread(self._own.reply, waiting)
        self._streams.wake(waiting.contact_id)  # a vote is an event by itself
        report = {"language": reply["language"], "intent": waiting.choice, "decision": OWN}
        return await self._keep(waiting, reply, report, 0.0, worker, for_bot)

    async def _keep(
        self,
        waiting: Waiting,
        reply: dict[str, Any],
        report: dict[str, Any],
        brain: float,
        worker: str | None,
        for_bot: ForBot = _AS_IT_IS,
    ) -> Told:
        total = 1000 * (now() - waiting.accepted_at).total_seconds()
        milliseconds = {"waiting": round(total - brain, 1), "brain": round(brain, 1), "total": round(total, 1)}
        milliseconds.update(report.get("steps") or {})
        told = await self._handoff.after_bot(waiting, for_bot, (reply, report), milliseconds, worker)
        if told is None:
            told = await asyncio.to_thread(self._conversations.answer, waiting, reply, report, milliseconds, worker)
        if told.events:
            self._metrics.answered(report, milliseconds)
            log_event("message_answered", decision=report.get("decision"), milliseconds=milliseconds["total"])
        return told

    async def _set_aside(self, waiting: Waiting, key: str) -> Told:
        log_problem("message_set_aside", reason=key)
        self._metrics.set_aside.inc()
        said = self._own.saying(key, waiting)
        return await asyncio.to_thread(self._conversations.set_aside, waiting, said, self.worker)

    def _tell_delay(self, waiting: Waiting) -> None:
        language = self._own.language_of(waiting)
        text = self._own.text("delayed", language)
        self._streams.tell_state(waiting.contact_id, Passing("delayed", {"text": text, "language": language}))
