"""Lets everybody know what Meta told, once it is stored: the streams, the bot, whoever is to be erased.

The Graph API is never asked here; `locale_of`, where it is set, is asked in the background and for a moment only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.foundation.languages import language_or_none
from bot.foundation.logging import log_problem
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.messenger.deletion import Eraser
from bot.gateway.metrics import Metrics
from bot.gateway.streams import VISITOR_SAW, Streams
from bot.services.handoff.person_turns import PersonTurns
from bot.services.handoff.signs import Signs
from bot.services.messenger.calls import WorkedOff
from bot.services.messenger.intake import TakenContact
from bot.services.messenger.profiles import Profiles
from bot.store.database import DatabaseError

#: A first message waits so long at most for the language of the profile.
LOCALE_SECONDS = 1.5

#: So long what needs no bot keeps its place behind what does.
PATIENCE_SECONDS = 3.0
_AGAIN_SECONDS = 2.0

#: Page and person to the locale of the profile ("fr_BE"), None when Meta does not tell.
LocaleOf = Callable[[str, str], Awaitable[str | None]]


class Inbox:
    """One per process. `locale_of` is set by whoever can ask Meta."""

    def __init__(
        self,
        eraser: Eraser,
        profiles: Profiles,
        dispatcher: Dispatcher,
        person_turns: PersonTurns,
        signs: Signs,
        streams: Streams,
        metrics: Metrics,
    ) -> None:
        self._eraser, self._profiles, self._dispatcher = eraser, profiles, dispatcher
        self._person_turns, self._signs, self._streams, self._metrics = person_turns, signs, streams, metrics
        self._tasks: set[asyncio.Task[None]] = set()
        self.locale_of: LocaleOf | None = None

    async def tell(self, done: WorkedOff) -> None:
        """Calls are worked off. Whoever wants to be erased is erased before the next calls are."""
        for taken in done.taken:
            for (kind, outcome), count in taken.outcomes.items():
                self._metrics.messenger_events.labels(kind, outcome).inc(count)
            for contact in taken.contacts:
                self._let_know(contact)
            for contact in taken.contacts:
                if contact.wants_erasing:
                    await self._erase(contact)

    async def stop(self) -> None:
        """End what is under way in the background; nothing stored is lost."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def count(self, kind: str, outcome: str) -> None:
        """Count a call that told nothing."""
        self._metrics.messenger_events.labels(kind, outcome).inc()

    def _let_know(self, contact: TakenContact) -> None:
        if contact.told:
            self._streams.tell(contact.contact_id, *contact.told)
        if contact.is_changed:
            self._streams.wake(contact.contact_id)
        if contact.wants_bot:
            self._metrics.messages.labels("messenger").inc()
            if contact.hint_wanted and self.locale_of is not None:
                self._in_background(self._answer_with_locale(contact, self.locale_of))
            else:
                self._dispatcher.wake(contact.contact_id, contact.waiting)
        for message_id, choice in contact.needs_no_bot:
            self._in_background(self._answer_without_bot(contact.contact_id, message_id, choice))
        for message_id in contact.voted_down:
            self._in_background(self._offer_person(contact.contact_id, message_id))
        if contact.seen_by_person:
            self._in_background(self._tell_seen(contact.contact_id, contact.seen_by_person))

    async def _erase(self, contact: TakenContact) -> None:
        while True:
            try:
                await self._eraser.erase_at_own_word(contact)
                return
            except DatabaseError as error:
                log_problem("database_failed", cause=str(error))
                await asyncio.sleep(_AGAIN_SECONDS)

    async def _answer_with_locale(self, contact: TakenContact, locale_of: LocaleOf) -> None:
        """Ask for the profile's language before the first answer; without it the bot answers all the same."""
        try:
            locale = await asyncio.wait_for(locale_of(contact.page_id, contact.psid), LOCALE_SECONDS)
            language = language_or_none(locale)
            if locale:
                await asyncio.to_thread(self._profiles.note_locale, contact.contact_id, locale, language)
        except (asyncio.TimeoutError, DatabaseError):
            pass
        except Exception as error:
            # Whatever goes wrong at Meta must not keep a person waiting.
            log_problem("messenger_locale_failed", cause=type(error).__name__)
        finally:
            self._dispatcher.wake(contact.contact_id)

    async def _answer_without_bot(self, contact_id: str, message_id: str, choice: str | None) -> None:
        """While the bot is away what stands before waits for it; a wish for a person or a form does not."""
        await asyncio.sleep(PATIENCE_SECONDS)
        try:
            await self._dispatcher.answer_at_once(message_id, choice)
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))
        self._dispatcher.wake(contact_id)

    async def _offer_person(self, contact_id: str, message_id: str) -> None:
        try:
            if await asyncio.to_thread(self._person_turns.offer_after_thumb_down, contact_id, message_id):
                self._streams.wake(contact_id)
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))

    async def _tell_seen(self, contact_id: str, event: int) -> None:
        try:
            if await asyncio.to_thread(self._signs.person_saw, contact_id, event):
                self._streams.tell_passing(contact_id, VISITOR_SAW, {})
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
