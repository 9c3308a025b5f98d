"""Whether the counsellor is there for people: shown in the head of every page, changed there, and kept up by acts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.pages import Pages
from bot.desk.talk import SENT_BY_PAGE

#: Pages of ours that the form may lead back to.
_INSIDE = re.compile(r"/desk/(talks/[\w-]{1,64}|callbacks(/[\w-]{1,16})?|account)?")


class PresencePages:
    """The routes."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages

    async def change(self, request: Request) -> Response:
        """Come or leave, and go on where one was. A page that asks by itself stays as it is."""
        fields, member = await read_form(request), request.state.member
        if fields.get("act") == "come":
            arguments = (member.id, member.shown_name, member.languages)
            await self._desk.call(self._desk.presence.come, *arguments)
        elif fields.get("act") == "leave":
            await self._desk.call(self._desk.presence.leave, member.id)
        self._desk.tell()
        if SENT_BY_PAGE in request.headers:
            return Response(status_code=204)
        return RedirectResponse(_page_before(request), 303)

    async def active(self, request: Request) -> Response:
        """Somebody moves the pointer or types. The guard has noted the act, as of every request that is one."""
        await read_form(request)
        return Response(status_code=204)

    async def here(self, request: Request) -> Response:
        """What changes by itself on pages that show nothing else that does."""
        return self._pages.show(request, "_head.html")


def _page_before(request: Request) -> str:
    """The page on which the form stood; the browser names it, since it is ours."""
    path = urlsplit(request.headers.get("referer", "")).path
    return path if _INSIDE.fullmatch(path) else "/desk/"
