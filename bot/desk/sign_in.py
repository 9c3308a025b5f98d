"""Sign in, sign out, and the page of a one-time link where a password is chosen."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk import cookies
from bot.desk.callback_pages import CallbackPages
from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.kept_letter import OF, kept_in, shown_again
from bot.desk.pages import Pages
from bot.desk.talk import TalkPages
from bot.services.staff.passwords import SHORTEST, WeakPassword
from bot.services.staff.records import LinkSpent, SignedIn, StaffRefused, Throttled
from bot.services.staff.roles import TALK
from bot.services.staff.sessions import IN_ALL

#: Where to go after signing in: pages of ours alone.
_INSIDE = re.compile(r"/desk/[\w/-]{0,120}")


class SignInPages:
    """The routes before there is a session, and its end."""

    def __init__(self, desk: Desk, pages: Pages, talks: TalkPages, callbacks: CallbackPages) -> None:
        self._desk, self._pages, self._talks, self._callbacks = desk, pages, talks, callbacks

    async def form(self, request: Request) -> Response:
        """The empty form."""
        return self._form(request, 200, None, request.query_params.get("next", ""))

    async def sign_in(self, request: Request) -> Response:
        """Name and password, and words that were on their way when the last session ended."""
        fields = await read_form(request)
        name, password, wanted = fields.get("name", ""), fields.get("password", ""), fields.get("next", "")
        found = await self._desk.call(self._desk.sessions.sign_in, name, password, address_of(request))
        if not isinstance(found, SignedIn):
            status, problem = (429, "throttled") if isinstance(found, Throttled) else (401, "refused")
            response = self._form(request, status, problem, wanted, fields)
            if isinstance(found, Throttled):
                response.headers["Retry-After"] = str(60 * found.minutes)
            return response
        return await self._enter(request, found, wanted, fields)

    async def sign_out(self, request: Request) -> Response:
        """End this session; whoever was there is away."""
        await read_form(request)
        await self._desk.call(self._desk.sessions.end, cookies.session_of(request))
        if request.state.member.may(TALK):
            await self._desk.call(self._desk.presence.leave, request.state.member.id)
            self._desk.tell()
        response = RedirectResponse("/desk/sign-in", 303)
        cookies.drop(request, response, cookies.SESSION)
        return response

    async def welcome(self, request: Request) -> Response:
        """Where the one-time link leads."""
        return await self._welcome(request, 200, None, {})

    async def choose(self, request: Request) -> Response:
        """Choose the password and go in."""
        fields = await read_form(request)
        if fields.get("password") != fields.get("again"):
            return await self._welcome(request, 422, "different", fields)
        try:
            member = await self._desk.call(
                self._desk.accounts.accept,
                request.path_params["token"],
                fields.get("password", ""),
                address_of(request),
                fields.get("name", ""),
                fields.get("shown_name", ""),
            )
        except WeakPassword as error:
            return await self._welcome(request, 422, error.reason, fields)
        except StaffRefused as error:
            return await self._welcome(request, 422, f"account_{error.reason}", fields)
        except LinkSpent:
            return await self._welcome(request, 410, None, fields)
        return await self._enter(request, await self._desk.call(self._desk.sessions.open_for, member), "", {})

    async def _enter(self, request: Request, found: SignedIn, wanted: str, fields: dict[str, str]) -> Response:
        response: Response
        words, talk, letter = fields.get("words", ""), fields.get("talk", ""), kept_in(fields)
        if found.member.may(TALK) and ((words and talk) or letter):
            # The page is made for the new session, whose token the browser has not sent yet.
            request.state.member, request.state.new_session = found.member, found.token
            if letter:
                response = await self._callbacks.page(request, shown_again(letter), letter[OF])
            else:
                response = await self._talks.page(request, talk, words=words, notice="kept")
        else:
            response = RedirectResponse(wanted if _INSIDE.fullmatch(wanted) else "/desk/", 303)
        cookies.put(request, response, cookies.SESSION, found.token, int(IN_ALL.total_seconds()))
        cookies.drop(request, response, cookies.FORM)
        return response

    def _form(
        self, request: Request, status: int, problem: str | None, wanted: str, fields: dict[str, str] | None = None
    ) -> Response:
        given = fields or {}
        values: dict[str, Any] = {name: given.get(name, "") for name in ("talk", "words", "name")}
        values["kept"] = kept_in(given)
        return self._pages.show(request, "sign_in.html", status, next=wanted, problem=problem, **values)

    async def _welcome(self, request: Request, status: int, problem: str | None, fields: dict[str, str]) -> Response:
        invitation = await self._desk.call(self._desk.accounts.invitation, request.path_params["token"])
        if invitation is None:
            return self._pages.show(request, "message.html", 410, kind="link_spent")
        values = {name: fields.get(name, "") for name in ("name", "shown_name")}
        return self._pages.show(
            request, "welcome.html", status, invited=invitation.member, problem=problem, shortest=SHORTEST, **values
        )


def address_of(request: Request) -> str:
    """The browser's address, for throttling and the record of sign-ins; a trusted proxy's word is in it."""
    return request.client.host if request.client else "unknown"
