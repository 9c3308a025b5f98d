"""The page of one's own account."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.pages import Pages


class AccountPages:
    """The route."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def show(self, request: Request) -> Response:
        """Who I am here, and the way out."""
        return self._pages.show(request, "account.html")
