"""What the routes of the chat share: who asks, may they, and the services behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request

from bot.foundation.logging import log_problem
from bot.foundation.settings import Settings
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.limits import RateLimit, StreamLimit
from bot.gateway.metrics import Metrics
from bot.gateway.problems import Problem
from bot.gateway.security import Origins
from bot.gateway.streams import Streams
from bot.gateway.web_chat.rendering import Rendering
from bot.gateway.web_chat.renewal import renew
from bot.gateway.web_chat.tokens import InvalidToken, Tokens
from bot.gateway.words import GatewayWords
from bot.services.content.live_file import LiveFile
from bot.services.conversations.conversations import Conversations
from bot.services.conversations.records import UnknownContact
from bot.services.handoff.person_turns import PersonTurns
from bot.services.handoff.signs import Signs
from bot.services.notices.current import CurrentNotices
from bot.services.starters.starters import PageStarters
from bot.store.database import DatabaseError

T = TypeVar("T")


@dataclass(frozen=True)
class Door:
    """Everything that a route needs; put together in `bot.app`."""

    settings: Settings
    conversations: Conversations
    dispatcher: Dispatcher
    person_turns: PersonTurns
    signs: Signs
    streams: Streams
    tokens: Tokens
    words: GatewayWords
    rendering: Rendering
    notices: CurrentNotices
    starters: LiveFile[tuple[PageStarters, ...]]
    metrics: Metrics
    origins: Origins
    per_session: RateLimit
    per_address: RateLimit
    readings: RateLimit
    starts: RateLimit
    per_sign: RateLimit
    stream_limit: StreamLimit

    def contact_or_none(self, request: Request) -> str | None:
        """The contact of the request's token; None without one. Raises Problem("session_over")."""
        given = request.headers.get("authorization")
        if given is None:
            return None
        try:
            opened = self.tokens.read(_bearer(given))
        except InvalidToken:
            raise Problem("session_over") from None
        if opened.is_aged:
            renew(request, self.tokens.make(opened.contact_id))
        return opened.contact_id

    def contact(self, request: Request) -> str:
        """The contact of the request's token. Raises Problem("session_over")."""
        found = self.contact_or_none(request)
        if found is None:
            raise Problem("session_over")
        return found

    async def answer_at_once(self, message_id: str, choice: str | None) -> None:
        """Answer what needs no Rasa now; when that fails, the dispatcher does it later."""
        with suppress(DatabaseError):
            await self.dispatcher.answer_at_once(message_id, choice)

    async def call(self, function: Callable[..., T], *arguments: Any) -> T:
        """Run a service in a thread. Raises Problem for what a visitor should hear of."""
        try:
            return await asyncio.to_thread(function, *arguments)
        except UnknownContact:
            raise Problem("session_over") from None
        except DatabaseError as error:
            log_problem("database_failed", cause=str(error))
            raise Problem("unavailable", wait_seconds=2) from None


def _bearer(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise InvalidToken("not a bearer token")
    return token.strip()


def address_of(request: Request) -> str:
    """The visitor's address, for limits only; uvicorn has put in what a trusted proxy says."""
    return request.client.host if request.client else "unknown"
