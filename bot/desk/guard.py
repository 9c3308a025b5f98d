"""Stands before every page of the desk: no account, no page; no right, no page; nothing for other sites."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.cookies import session_of
from bot.desk.desk import Desk
from bot.desk.forms import FormRefused, read_fields
from bot.desk.kept_letter import LETTER, kept_values
from bot.desk.pages import Pages
from bot.services.staff.roles import IMPROVE, MANAGE, TALK

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_OPEN = re.compile(r"/desk/(sign-in|welcome/[\w-]{20,80}|static/[\w.-]+)")
#: What everybody with an account may do; all the rest needs the right to talk, or another one.
_EVERYBODY = frozenset({"/desk/account", "/desk/sign-out"})
_OTHER_RIGHTS = (
    (re.compile(r"/desk/(staff|sign-ins|hours)(/.*)?"), MANAGE),
    (re.compile(r"/desk/proposals(/.*)?"), IMPROVE),
)
_REPLY = re.compile(r"/desk/talks/([\w-]{1,64})/(?:say|insert|found|answer|pass-on|notes|tags)")
#: Sent by pages that look for news by themselves.
BY_ITSELF = "x-desk-by-itself"


class Guard:
    """Wraps the whole application of the desk."""

    def __init__(self, app: ASGIApp, desk: Desk, pages: Pages) -> None:
        self._app, self._desk, self._pages = app, desk, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                # With "no-referrer" browsers hide the origin of our own forms too, and we would refuse them.
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        request = Request(scope, receive)
        refused = await self._refusal(request)
        await (refused or self._app)(scope, receive, with_headers)

    async def _refusal(self, request: Request) -> Response | None:
        """What to answer instead; None when the request may go on."""
        if _is_foreign(request):
            return Response(status_code=403)
        path = request.url.path
        if _OPEN.fullmatch(path):
            return None
        is_act = BY_ITSELF not in request.headers and path != "/desk/live"
        token = session_of(request)
        member = await self._desk.call(self._desk.sessions.read, token, is_act) if token else None
        if member is None:
            return await self._sign_in_first(request)
        request.state.member = member
        if member.may(TALK):
            request.state.being = await self._desk.call(self._desk.presence.note, member.id, is_act)
        right = _right_for(path)
        if right and not member.may(right):
            if path in ("/desk", "/desk/"):
                return RedirectResponse("/desk/proposals" if member.may(IMPROVE) else "/desk/account", 303)
            return self._pages.show(request, "message.html", 403, kind=f"no_right_to_{right}")
        return None

    async def _sign_in_first(self, request: Request) -> Response:
        path = request.url.path
        if BY_ITSELF in request.headers or path == "/desk/live":
            return Response(status_code=401)
        reply = _REPLY.fullmatch(path)
        if request.method == "POST" and reply:
            # Somebody's session ended while they were writing: the words go along.
            try:
                words = (await read_fields(request)).get("words", "")
            except FormRefused:
                words = ""
            values = {"next": "", "talk": reply[1], "words": words, "problem": "over", "name": ""}
            return self._pages.show(request, "sign_in.html", 401, **values)
        letter = LETTER.fullmatch(path)
        if request.method == "POST" and letter:
            return self._pages.show(request, "sign_in.html", 401, **await kept_values(request, letter[1]))
        wanted = path if request.method == "GET" and path not in ("/desk", "/desk/") else ""
        return RedirectResponse(f"/desk/sign-in?next={quote(wanted)}" if wanted else "/desk/sign-in", 303)


def _right_for(path: str) -> str | None:
    """What a path needs; None for what everybody with an account may do."""
    if path in _EVERYBODY:
        return None
    return next((right for paths, right in _OTHER_RIGHTS if paths.fullmatch(path)), TALK)


def _is_foreign(request: Request) -> bool:
    """Whether a page of another origin is behind it; to follow a link to us is allowed."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        return True
    site = request.headers.get("sec-fetch-site", "none")
    is_visit = request.method == "GET" and request.headers.get("sec-fetch-mode", "") == "navigate"
    return site not in ("same-origin", "none") and not is_visit
