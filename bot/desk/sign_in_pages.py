"""The record of sign-ins for administrators: 90 days, by account and outcome, page by page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import Desk
from bot.desk.pages import Pages
from bot.services.staff.administration import NOBODY
from bot.store.sign_in_rows import BEGUN, LINK, OK, REFUSED, THROTTLED

OUTCOMES: tuple[str, ...] = (OK, LINK, REFUSED, THROTTLED, BEGUN)


class SignInRecordPages:
    """The route."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages

    async def show(self, request: Request) -> Response:
        """One page. What a filter does not know is as no filter."""
        administration, asked = self._desk.admin.administration, request.query_params
        members = [one.member for one in await self._desk.call(administration.accounts)]
        account = asked.get("account", "")
        account = account if account in {NOBODY, *(one.id for one in members)} else ""
        outcome = asked.get("outcome", "") if asked.get("outcome") in OUTCOMES else ""
        wanted = asked.get("page", "")[:6]
        page = int(wanted) if wanted.isascii() and wanted.isdigit() else 1
        found = await self._desk.call(administration.sign_ins, account, outcome, page)
        return self._pages.show(
            request,
            "sign_ins.html",
            found=found,
            members=members,
            account=account,
            outcome=outcome,
            outcomes=OUTCOMES,
            nobody=NOBODY,
        )
