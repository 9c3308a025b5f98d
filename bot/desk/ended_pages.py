"""Talks that ended: the newest first, by tag, with a count of the tags of the last thirty days."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import Desk
from bot.desk.pages import Pages
from bot.foundation.clock import now

DAYS, _SHOWN = 30, 100


class EndedPages:
    """The route /desk/ended."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages

    async def list(self, request: Request) -> Response:
        """All that ended lately, or what has a tag."""
        tools = self._desk.tools
        counts = await self._desk.call(tools.tags.counts, now() - timedelta(days=DAYS))
        titles = tools.tag_titles()
        names = [*titles, *sorted(set(counts) - set(titles))]
        asked = request.query_params.get("tag", "")
        tag = asked if asked in names else None
        ended = await self._desk.call(self._desk.talks.ended, tag, _SHOWN)
        return self._pages.show(
            request, "ended.html", tag=tag, names=names, counts=counts, tag_titles=titles, ended=ended, days=DAYS
        )
