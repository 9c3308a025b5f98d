"""Hands out a fresh token, in a header of what is answered to one that grows old. Put around the app in `bot.app`."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRESH_TOKEN = "Faqbot-Token"
#: For the description of the API.
FRESH_TOKEN_HEADER: dict[str, Any] = {
    "headers": {
        FRESH_TOKEN: {
            "description": "Only when the token sent is older than a day: a fresh one for the same conversation.",
            "schema": {"type": "string"},
        }
    }
}
_STATE = "fresh_token"


def renew(request: Request, token: str) -> None:
    """Hand this token out with the answer to the request, should it succeed."""
    setattr(request.state, _STATE, token)


class Renewal:
    """Adds the header. A refusal has none, and neither has the answer to erasing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_token(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 300:
                token = scope.get("state", {}).get(_STATE)
                if token and scope["method"] != "DELETE":
                    MutableHeaders(scope=message)[FRESH_TOKEN] = token
            await send(message)

        await self._app(scope, receive, with_token)
