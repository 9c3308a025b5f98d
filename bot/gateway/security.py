"""Headers that protect our pages, origins that may call the chat, and the greatest size of a request."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.foundation.logging import log_problem
from bot.gateway.problems import Problem
from bot.gateway.web_chat.renewal import FRESH_TOKEN

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_ALLOWED_HEADERS = "Authorization, Content-Type, Last-Event-ID"
_ALLOWED_METHODS = "GET, POST, PUT, DELETE"
_CHAT = "/chat"

#: Makes the response for a problem.
Refuse = Callable[[Request, Problem], Response]


class SecurityHeaders:
    """Adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
                headers["X-Frame-Options"] = "DENY"
                headers.setdefault("Content-Security-Policy", _POLICY)
            await send(message)

        await self._app(scope, receive, with_headers)


class Faults:
    """The last net: a fault of ours becomes a problem that a retry may help."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app, self._refuse = app, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or has_begun:
                raise
            log_problem("request_failed", cause=type(error).__name__, where=_place(error))
            await self._refuse(Request(scope), Problem("unavailable"))(scope, receive, send)


class OriginGate:
    """Lets only pages of allowed origins use the chat, and tells their browsers so."""

    def __init__(self, app: ASGIApp, origins: Origins, refuse: Refuse) -> None:
        self._app, self._origins, self._refuse = app, origins, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_CHAT):
            await self._app(scope, receive, send)
            return
        try:
            origin = self._origins.check(Headers(scope=scope))
        except Problem as problem:
            await self._refuse(Request(scope), problem)(scope, receive, send)
            return
        added = cors_headers(origin)

        async def with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                vary = [headers["vary"]] if "vary" in headers else []
                headers.update(added)
                headers["Vary"] = ", ".join(dict.fromkeys([*vary, "Origin"]))
            await send(message)

        if scope["method"] == "OPTIONS" and origin is not None:
            await Response(status_code=204)(scope, receive, with_cors)
        else:
            await self._app(scope, receive, with_cors)


class Origins:
    """Which sites may embed the widget: those of the setting, our own, and this machine."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self._allowed = frozenset(origin.rstrip("/").lower() for origin in allowed)

    def check(self, headers: Headers) -> str | None:
        """The Origin to answer to, None without one. Raises Problem("origin")."""
        origin = headers.get("origin")
        if origin is None:
            return None
        address = urlsplit(origin.lower()) if len(origin) < 300 else urlsplit("")
        is_ours = bool(address.netloc) and address.netloc == headers.get("host", "").lower()
        is_local = address.hostname in _LOCAL
        if "*" in self._allowed or origin.lower() in self._allowed or is_ours or is_local:
            return origin
        raise Problem("origin")


def cors_headers(origin: str | None) -> dict[str, str]:
    """What lets a page of another origin read the response. No cookies, so no credentials."""
    if origin is None:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Headers": _ALLOWED_HEADERS,
        "Access-Control-Allow-Methods": _ALLOWED_METHODS,
        "Access-Control-Expose-Headers": f"Retry-After, {FRESH_TOKEN}",
        "Access-Control-Max-Age": "600",
    }


def _place(error: Exception) -> str:
    """File and line where it happened, for the log; never what was in it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"
