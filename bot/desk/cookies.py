"""The desk's cookies: the session, the token that forms need before there is one, the language of the pages."""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie

from starlette.requests import Request
from starlette.responses import Response

from bot.foundation.languages import DEFAULT_LANGUAGE, LANGUAGES, language_or_none
from bot.services.staff.tokens import new_token

SESSION, FORM, LANGUAGE = "faqbot_desk", "faqbot_desk_form", "faqbot_desk_language"
_A_YEAR = 365 * 24 * 3600


def put(request: Request, response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/desk",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def drop(request: Request, response: Response, name: str) -> None:
    """Forget a cookie."""
    put(request, response, name, "", max_age=0)


def session_of(request: Request) -> str:
    """The session's token; empty without one."""
    return _read(request, SESSION)


def form_token(request: Request) -> str:
    """What forms prove: of the session or, before there is one, of a cookie that the first page sets."""
    kept = getattr(request.state, "new_session", "") or _kept(request)
    if not kept:
        kept = getattr(request.state, "new_form", "") or new_token()
        request.state.new_form = kept
    return hashlib.sha256(f"form/{kept}".encode()).hexdigest()


def is_form_token(request: Request, given: str) -> bool:
    """Whether a form came from a page of ours that this browser was given."""
    kept = _kept(request)
    expected = hashlib.sha256(f"form/{kept}".encode()).hexdigest()
    return bool(kept) and hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def keep_what_is_new(request: Request, response: Response) -> None:
    """Set the cookies that making the page has brought about."""
    new_form = getattr(request.state, "new_form", "")
    if new_form:
        put(request, response, FORM, new_form)
    wanted = request.query_params.get("lang", "")
    if wanted in LANGUAGES:
        put(request, response, LANGUAGE, wanted, max_age=_A_YEAR)


def language_of(request: Request) -> str:
    """The language of the pages: just chosen, chosen before, or that of the browser."""
    hints = [request.query_params.get("lang", ""), _read(request, LANGUAGE)]
    hints += request.headers.get("accept-language", "")[:200].split(",")
    found = (language_or_none(hint.partition(";")[0].strip()) for hint in hints)
    return next((language for language in found if language), DEFAULT_LANGUAGE)


def _kept(request: Request) -> str:
    return session_of(request) if getattr(request.state, "member", None) else _read(request, FORM)


def _read(request: Request, name: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(request.headers.get("cookie", "")[:8000])
    except CookieError:
        return ""
    return jar[name].value[:200] if name in jar else ""
