"""Calls Meta's Graph API: with a proof of the app's secret, time-outs, and bounded retries where they can help."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.gateway.messenger.graph_errors import GraphFailure, NotConnected, Unreachable, failure_of

#: Tries of one call, and the pauses between them: each up to twice the one before.
TRIES = 4
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 8.0
_TIMEOUT = aiohttp.ClientTimeout(total=15.0, sock_connect=3.0)
_ACTION_TIMEOUT = aiohttp.ClientTimeout(total=4.0, sock_connect=2.0)
#: Calls at once; Meta allows 300 a second and page.
_CONNECTIONS = 50

#: Whether what a call should do is done already; asked before a doubtful call is repeated.
IsDone = Callable[[], Awaitable[bool]]


class GraphClient:
    """One keep-alive client for all pages. Nothing of an address or a body is ever logged: tokens stand in them."""

    def __init__(
        self,
        settings: MessengerSettings,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._settings, self._sleep, self._chance = settings, sleep, chance
        self._base = f"{settings.graph_url}/{settings.graph_version}"
        self._opened: aiohttp.ClientSession | None = None

    @property
    def app_id(self) -> str:
        """The app at Meta."""
        return self._settings.app_id

    @property
    def app_token(self) -> str:
        """Lets the app itself ask, about its webhook and about tokens."""
        return f"{self._settings.app_id}|{self._settings.app_secret}"

    async def send(
        self, page: MessengerPage, psid: str, message: dict[str, Any], tag: str | None, is_done: IsDone
    ) -> str | None:
        """Send a message; its id at Meta, or None when `is_done` said that an earlier try had arrived.

        Without `tag` it is a response to what the person wrote. Raises GraphFailure.
        """
        kind = {"messaging_type": "MESSAGE_TAG", "tag": tag} if tag else {"messaging_type": "RESPONSE"}
        body = {"recipient": {"id": psid}, **kind, "message": message}
        answer = await self.call("POST", f"{page.id}/messages", page.token, body=body, is_done=is_done)
        return str(answer["message_id"]) if answer is not None and answer.get("message_id") else None

    async def say(self, page: MessengerPage, psid: str, words: str) -> None:
        """Say something that is not kept. Tried once. Raises GraphFailure."""
        body = {"recipient": {"id": psid}, "messaging_type": "RESPONSE", "message": {"text": words}}
        await self._once("POST", f"{page.id}/messages", page.token, {}, body, _ACTION_TIMEOUT)

    async def act(self, page: MessengerPage, psid: str, action: str) -> None:
        """Show typing, or that the message was seen. Tried once. Raises GraphFailure."""
        body = {"recipient": {"id": psid}, "sender_action": action}
        await self._once("POST", f"{page.id}/messages", page.token, {}, body, _ACTION_TIMEOUT)

    async def locale_of(self, page_id: str, psid: str) -> str | None:
        """The locale of a person's profile, as in "fr_FR"; None when Meta does not tell it. Tried once.

        Raises GraphFailure.
        """
        page = self._settings.page(page_id)
        if page is None:
            return None
        answer = await self._once("GET", psid, page.token, {"fields": "locale"}, None, _ACTION_TIMEOUT)
        locale = answer.get("locale")
        return locale if isinstance(locale, str) else None

    async def call(
        self,
        method: str,
        path: str,
        token: str,
        parameters: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        is_done: IsDone | None = None,
    ) -> dict[str, Any] | None:
        """What Meta answers; None when `is_done` said so before a repetition. Raises GraphFailure."""
        pause, tries = _FIRST_PAUSE_SECONDS, 1
        was_doubtful = False
        while True:
            try:
                return await self._once(method, path, token, parameters or {}, body, _TIMEOUT)
            except GraphFailure as failure:
                was_doubtful = was_doubtful or failure.is_doubtful
                if not failure.can_retry or tries == TRIES:
                    raise
            # Half of the pause by chance, so that those who failed together do not come back together.
            await self._sleep(pause * (0.5 + self._chance() / 2))
            if was_doubtful and is_done and await is_done():
                return None
            pause, tries = min(2 * pause, _LONGEST_PAUSE_SECONDS), tries + 1

    async def close(self) -> None:
        """Close the connections."""
        if self._opened:
            await self._opened.close()

    async def _once(
        self,
        method: str,
        path: str,
        token: str,
        parameters: dict[str, str],
        body: dict[str, Any] | None,
        timeout: aiohttp.ClientTimeout,
    ) -> dict[str, Any]:
        query = {**parameters, "access_token": token, "appsecret_proof": proof_of(self._settings.app_secret, token)}
        try:
            async with self._client().request(
                method, f"{self._base}/{path}", params=query, json=body, timeout=timeout, allow_redirects=False
            ) as response:
                raw = await response.read()
                status = response.status
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
            raise NotConnected(detail=type(error).__name__) from None
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise Unreachable(detail=type(error).__name__) from None
        return _read(status, raw)

    def _client(self) -> aiohttp.ClientSession:
        # Made at first use: a session belongs to the running event loop.
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=15),
            )
        return self._opened


def proof_of(app_secret: str, token: str) -> str:
    """Shows Meta that the caller knows the app's secret, so that a token alone is of no use to a thief."""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _read(status: int, raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    if status == 200 and isinstance(body, dict) and "error" not in body:
        return body
    raise failure_of(status, body)
