"""The inbox: who waits, whom I have, what is promised, what ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import Desk
from bot.desk.pages import Pages
from bot.foundation.clock import now
from bot.services.callback.callbacks import Callback

#: What may be said after an act that led here.
_DONE = frozenset({"closed", "given_back", "passed_on", "callback_done", "callback_missed"})
#: A deadline so near is marked.
_NEAR = timedelta(hours=12)
_FEW = 5


class InboxPages:
    """The routes of the first page."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages

    async def show(self, request: Request) -> Response:
        """The page."""
        done = request.query_params.get("done", "")
        notice = done if done in _DONE else None
        return self._pages.show(request, "inbox.html", notice=notice, **await self._lists(request))

    async def lists(self, request: Request) -> Response:
        """What of the page changes by itself."""
        return self._pages.show(request, "_lists_news.html", **await self._lists(request))

    async def _lists(self, request: Request) -> dict[str, Any]:
        return await self._desk.call(self._read, request.state.member.id)

    def _read(self, staff_id: str) -> dict[str, Any]:
        desk = self._desk
        callbacks, waiting = desk.callbacks.list(), desk.handoffs.list_waiting()
        people = {one.handoff_id: one.contact_id for one in waiting}
        people.update({one.handoff_id: one.contact_id for one in desk.handoffs.list_held(staff_id)})
        # Passed on to me: nobody else may take them yet.
        waiting.sort(key=lambda one: one.kept is None or one.kept.staff != staff_id)
        sights = desk.signs.sights(people.values())
        return {
            "waiting": waiting,
            "mine": desk.talks.mine(staff_id),
            "sights": {handoff: sights[contact] for handoff, contact in people.items() if contact in sights},
            "callbacks": [(one, urgency(one)) for one in callbacks[:_FEW]],
            "more_callbacks": max(0, len(callbacks) - _FEW),
            "ended": desk.talks.ended()[:_FEW],
            "tag_titles": desk.tools.tag_titles(),
            "untold": desk.untold(),
        }


def urgency(callback: Callback) -> str:
    """How near the deadline or the appointment is: late, near or calm; done when it is done."""
    if callback.state == "callback_done":
        return "done"
    if callback.is_late(now()):
        return "late"
    return "near" if callback.due - now() <= _NEAR else "calm"
