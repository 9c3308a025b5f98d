"""Headers that protect our pages, origins that may call the chat, and the greatest size of a request."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.problems import Problem

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_ALLOWED_HEADERS = "Authorization, Content-Type, Last-Event-ID"
_ALLOWED_METHODS = "GET, POST, PUT, DELETE"


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
                headers["Referrer-Policy"] = "no-referrer"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
                headers["X-Frame-Options"] = "DENY"
                headers.setdefault("Content-Security-Policy", _POLICY)
            await send(message)

        await self._app(scope, receive, with_headers)


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
        "Access-Control-Expose-Headers": "Retry-After",
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }
