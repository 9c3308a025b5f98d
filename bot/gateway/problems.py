"""Errors as problem+json with a stable code and words in the person's language. Raised by every route."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.gateway.words import GatewayWords, language_wanted

#: The codes of which a retry can help.
_RETRYABLE = frozenset({"too_many", "too_many_streams", "full", "unavailable"})
_LANGUAGE = "language"
_STATUS = {
    "invalid": 422,
    "too_long": 422,
    "empty": 422,
    "not_json": 400,
    "session_over": 401,
    "origin": 403,
    "not_found": 404,
    "nothing_to_rate": 404,
    "method": 405,
    "too_large": 413,
    "too_many": 429,
    "too_many_streams": 429,
    "full": 503,
    "unavailable": 503,
}


class Problem(Exception):
    """Ends a request. `code` is stable; the words stand in data/texts/gateway.yml as `problem_<code>`.

    `detail` says in the person's language what is wrong with `field`, where the words of the code do not tell.
    """

    def __init__(
        self, code: str, field: str | None = None, wait_seconds: int | None = None, detail: str | None = None
    ) -> None:
        super().__init__(code)
        self.code, self.field, self.wait_seconds, self.detail = code, field, wait_seconds, detail

    @property
    def status(self) -> int:
        """The HTTP status."""
        return _STATUS[self.code]


def problem_response(problem: Problem, language: str, words: GatewayWords) -> JSONResponse:
    """The response for a problem."""
    body: dict[str, object] = {
        "code": problem.code,
        "title": words.say(f"gateway_problem_{problem.code}", language),
        "retryable": problem.code in _RETRYABLE,
    }
    if problem.field:
        body["field"] = problem.field
    if problem.detail:
        body["detail"] = problem.detail
    headers = {"Cache-Control": "no-store"}
    if problem.wait_seconds:
        headers["Retry-After"] = str(problem.wait_seconds)
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")


def language_of(request: Request) -> str:
    """The language for words of the door itself: that of the message or address, else what the browser asks for."""
    return language_wanted(
        getattr(request.state, _LANGUAGE, None),
        request.query_params.get("language"),
        request.headers.get("accept-language", "")[:200],
    )


def note_language(request: Request, language: object) -> None:
    """Words of the door about this request are in this language, if we speak it."""
    setattr(request.state, _LANGUAGE, language if isinstance(language, str) else None)
