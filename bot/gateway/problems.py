"""A refusal as the door says it: problem+json with a stable code and words in the visitor's language."""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from bot.gateway.words import GatewayWords, language_wanted

MEDIA_TYPE = "application/problem+json"

_STATUS = {
    "session_over": 401,
    "origin": 403,
    "not_found": 404,
    "nothing_to_rate": 404,
    "method": 405,
    "too_large": 413,
    "not_json": 422,
    "invalid": 422,
    "too_long": 422,
    "empty": 422,
    "too_many": 429,
    "too_many_streams": 429,
    "full": 503,
    "unavailable": 503,
}
_RETRYABLE = frozenset({"too_many", "too_many_streams", "full", "unavailable"})


class Problem(Exception):
    """Ends a request. `field` is the part of the body that is to blame; `wait` seconds before a retry helps."""

    def __init__(self, code: str, field: str | None = None, wait: float | None = None) -> None:
        super().__init__(code)
        self.code, self.field, self.wait = code, field, wait
        self.status = _STATUS[code]

    def response(self, language: str, words: GatewayWords) -> Response:
        """What the visitor's browser gets."""
        body: dict[str, Any] = {
            "code": self.code,
            "title": words.say(f"gateway_problem_{self.code}", language),
            "retryable": self.code in _RETRYABLE,
        }
        if self.field:
            body["field"] = self.field
        headers = {"Cache-Control": "no-store", "Content-Language": language}
        if self.wait is not None:
            headers["Retry-After"] = str(max(1, math.ceil(self.wait)))
        return Response(json.dumps(body, ensure_ascii=False), self.status, headers, MEDIA_TYPE)


def language_of(request: HTTPConnection, *hints: str | None) -> str:
    """The language to refuse in: what the caller knows, else the request's parameter or the browser's."""
    return language_wanted(*hints, request.query_params.get("language"), request.headers.get("accept-language"))
