"""Posts one person's events piece by piece, and decides what becomes of a piece that Meta does not take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.foundation.clock import now
from bot.foundation.logging import log_problem
from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.echoes import Echoes
from bot.gateway.messenger.graph_errors import (
    GraphFailure,
    PermissionMissing,
    RateLimited,
    Refused,
    TokenRefused,
    Unreachable,
)
from bot.gateway.messenger.page_states import OK, PageStates
from bot.gateway.messenger.rendering import MessengerRendering, Piece
from bot.gateway.metrics import Metrics
from bot.services.conversations.records import Event
from bot.services.messenger.deliveries import Address, Deliveries, Outgoing
from bot.services.messenger.pages import MessengerPages
from bot.services.messenger.window import Way, way_of
from bot.store.message_rows import COUNSELLOR

_HUMAN_AGENT = "HUMAN_AGENT"
#: To the next try for a person, by the number of failed ones.
_FIRST_POSTPONED_SECONDS, _LONGEST_POSTPONED_SECONDS = 2.0, 120.0
#: Pieces under way at once, for all people together.
_AT_ONCE = 30
#: A long part is given time to be read before the next one: seconds for its first letters and for each further one.
_SHORTEST_READ_SECONDS, _SECONDS_A_LETTER, _LONGEST_READ_SECONDS = 0.3, 0.0015, 2.0
_TYPING_SECONDS = 1.0

Run = Callable[..., Awaitable[Any]]


class Stop(Exception):
    """Nothing more for this person now; try again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True)
class _Following:
    """What was asked for already."""

    outgoing: Outgoing | None


class Posting:
    """One per process. `run` calls a service in a thread of the sender's, `show_typing` is for a longer pause."""

    def __init__(
        self,
        settings: MessengerSettings,
        client: GraphClient,
        rendering: MessengerRendering,
        deliveries: Deliveries,
        pages: MessengerPages,
        states: PageStates,
        metrics: Metrics,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings, self._client, self._rendering = settings, client, rendering
        self._deliveries, self._pages, self.states, self._metrics = deliveries, pages, states, metrics
        self._sleep = sleep
        self._places = asyncio.Semaphore(_AT_ONCE)
        self.echoes = Echoes(deliveries, sleep)
        self.run: Run = asyncio.to_thread
        self.show_typing: Callable[[Address], None] = lambda address: None

    async def begin(self) -> None:
        """Learn which pages were refused before this process began, and read the words."""
        await self.run(self._rendering.warm_up)
        for standing in await self.run(self._pages.standings, [page.id for page in self._settings.pages]):
            if standing.state != OK:
                self.states.begin_paused(standing.page_id, standing.state)

    async def look(self) -> None:
        """Learn of pages for which another gateway could send again."""
        hindered = [page.id for page in self._settings.pages if self.states.state_of(page.id) != OK]
        if hindered:
            self.states.heard(await self.run(self._pages.working, hindered))

    async def post(self, outgoing: Outgoing, worker: str) -> Outgoing | None:
        """Send all of it; what is to be sent next to this person. Raises Stop when it cannot go on now."""
        page = self._settings.page(outgoing.address.page_id)
        if page is None:
            # The page is set up no more; should it come back, what is young enough goes out.
            raise Stop(_LONGEST_POSTPONED_SECONDS)
        following: _Following | None = None
        for number, event in enumerate(outgoing.events):
            sent_parts = outgoing.sent_parts if number == 0 else 0
            last_by = worker if number == len(outgoing.events) - 1 else None
            following = await self._post_event(page, outgoing, event, sent_parts, last_by)
        if following:
            return following.outgoing
        found: Outgoing | None = await self.run(self._deliveries.go_on, outgoing.contact_id, worker)
        return found

    async def _post_event(
        self, page: MessengerPage, outgoing: Outgoing, event: Event, sent_parts: int, last_by: str | None
    ) -> _Following | None:
        """Send one event. `last_by` is the worker when it is the last one: then what follows is asked for in the
        same step, where that is possible."""
        try:
            pieces = self._rendering.pieces(event.payload)
        except (KeyError, ValueError, TypeError, AttributeError):
            # Of another version, perhaps; what follows must not wait for it.
            await self._give_up(page, outgoing, event, "unreadable")
            return None
        if len(pieces) <= sent_parts:
            await self.run(self._deliveries.sent, outgoing.contact_id, event.seq, sent_parts, None, None)
            return None
        way = way_of(event.payload["role"], outgoing.last_from_person_at, now())
        if way is Way.CLOSED:
            await self._give_up(page, outgoing, event, "window_closed")
            return None
        if outgoing.is_elsewhere and event.payload["role"] != COUNSELLOR:
            # What waited while staff answered from the page's inbox would be a second answer.
            await self._give_up(page, outgoing, event, "elsewhere")
            return None
        tag = _HUMAN_AGENT if way is Way.HUMAN_AGENT else None
        for part, piece in enumerate(pieces[sent_parts:], start=sent_parts + 1):
            try:
                mid = await self._post_piece(page, outgoing, event.seq, part, piece, tag)
            except GraphFailure as failure:
                await self._not_taken(page, outgoing, event, failure, tag)
                return None
            following = part + 1 if part < len(pieces) else None
            contact_id, was_hindered = outgoing.contact_id, outgoing.is_hindered
            if not following and last_by:
                sent_all = self._deliveries.sent_all
                rest = await self.run(sent_all, contact_id, last_by, event.seq, part, mid, was_hindered)
                await self._page_works(page)
                return _Following(rest)
            await self.run(self._deliveries.sent, contact_id, event.seq, part, mid, following, was_hindered)
            await self._page_works(page)
            if following:
                await self._let_read(outgoing.address, piece)
        return None

    async def _let_read(self, address: Address, piece: Piece) -> None:
        seconds = reading_seconds(piece)
        if seconds >= _TYPING_SECONDS:
            self.show_typing(address)
        await self._sleep(seconds)

    async def _post_piece(
        self, page: MessengerPage, outgoing: Outgoing, seq: int, part: int, piece: Piece, tag: str | None
    ) -> str | None:
        """Its id at Meta; None when it had come before. Raises GraphFailure, Stop."""
        contact_id = outgoing.contact_id
        since = outgoing.doubtful_since if outgoing.doubtful == (seq, part) else None
        if since and await self.echoes.has_come(self.run, contact_id, seq, part, since):
            return None

        async def is_done() -> bool:
            return await self.echoes.has_come(self.run, contact_id, seq, part, now())

        psid, mark = outgoing.address.psid, {"metadata": f"{seq}.{part}"}
        async with self._places:
            if wait := self.states.seconds_to_wait(page.id):
                raise Stop(wait)
            begun = time.perf_counter()
            try:
                mid = await self._client.send(page, psid, {**piece.message, **mark}, tag, is_done)
            except Refused as refused:
                if not piece.instead:
                    raise
                # Some templates are not to be had everywhere; the same in text always is.
                log_problem("messenger_template_refused", code=refused.code, subcode=refused.subcode)
                for message in piece.instead:
                    mid = await self._client.send(page, psid, {**message, **mark}, tag, is_done)
            self._metrics.messenger_sent.labels(page.id, tag or "RESPONSE").inc()
            self._metrics.seconds.labels("messenger_send").observe(time.perf_counter() - begun)
        return mid

    async def _not_taken(
        self, page: MessengerPage, outgoing: Outgoing, event: Event, failure: GraphFailure, tag: str | None
    ) -> None:
        """What the failure of a piece means for event, person and page. Raises Stop to try again later."""
        self._metrics.messenger_failed.labels(page.id, failure.reason).inc()
        if isinstance(failure, TokenRefused) or (isinstance(failure, PermissionMissing) and tag is None):
            raise Stop(await self._pause(page, failure))
        if isinstance(failure, (RateLimited, Unreachable)):
            if isinstance(failure, RateLimited) or self.states.is_about_page(page.id):
                raise Stop(await self._pause(page, failure))
            raise Stop(min(_LONGEST_POSTPONED_SECONDS, _FIRST_POSTPONED_SECONDS * 2 ** min(outgoing.attempts, 10)))
        # Without the permission for people's late answers it is that answer which cannot go, not the page.
        reason = "no_human_agent" if isinstance(failure, PermissionMissing) else failure.reason
        await self._give_up(page, outgoing, event, reason, failure)
        await self._page_works(page)

    async def _pause(self, page: MessengerPage, failure: GraphFailure) -> float:
        is_news = self.states.state_of(page.id) != failure.reason
        seconds = self.states.pause(page.id, failure.reason)
        if is_news:
            log_problem("messenger_page_paused", page=page.id, reason=failure.reason, code=failure.code)
        await self.run(self._pages.mark, page.id, failure.reason)
        return seconds

    async def _page_works(self, page: MessengerPage) -> None:
        if self.states.works(page.id):
            log_problem("messenger_page_works_again", page=page.id)
            await self.run(self._pages.mark_working, page.id)

    async def _give_up(
        self, page: MessengerPage, outgoing: Outgoing, event: Event, reason: str, failure: GraphFailure | None = None
    ) -> None:
        code, subcode = (failure.code, failure.subcode) if failure else (0, 0)
        log_problem("messenger_not_sent", page=page.id, reason=reason, code=code, subcode=subcode)
        self._metrics.messenger_unsent.labels(page.id, reason).inc()
        await self.run(self._deliveries.give_up, outgoing.contact_id, event.seq, reason)


def reading_seconds(piece: Piece) -> float:
    """How long the next piece waits, so that a person can follow."""
    return min(_LONGEST_READ_SECONDS, _SHORTEST_READ_SECONDS + _SECONDS_A_LETTER * piece.letters)
