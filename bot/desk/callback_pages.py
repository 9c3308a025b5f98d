"""Callbacks: all that are to be done by their deadline, one with its details, done or missed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.inbox import urgency
from bot.desk.pages import Pages
from bot.services.callback.callbacks import ALL, UnknownReference
from bot.services.handoff.states import CALLBACK_DONE, NotPossible

DONE: tuple[str, ...] = ("answered", "referred", "appointment", "other")
MISSED: tuple[str, ...] = ("not_reached", "wrong_address", "no_time")


class CallbackPages:
    """The routes under /desk/callbacks."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages

    async def list(self, request: Request) -> Response:
        """What is to be done first, then what is done."""
        found = [(one, urgency(one)) for one in await self._desk.call(self._desk.callbacks.list, ALL)]
        return self._pages.show(
            request,
            "callbacks.html",
            to_do=[pair for pair in found if pair[0].state != CALLBACK_DONE],
            done=[pair for pair in found if pair[0].state == CALLBACK_DONE][-20:],
        )

    async def show(self, request: Request) -> Response:
        """One."""
        return await self._page(request, 200, None)

    async def end(self, request: Request) -> Response:
        """Done, or missed for a reason."""
        fields = await read_form(request)
        act, outcome, reference = fields.get("act"), fields.get("outcome", ""), request.path_params["reference"]
        if (act, outcome in DONE) == ("done", True):
            said = "callback_done"
        elif (act, outcome in MISSED) == ("missed", True):
            said = "callback_missed"
        else:
            return await self._page(request, 422, "no_outcome")
        try:
            callbacks = self._desk.callbacks
            change = callbacks.done if act == "done" else callbacks.missed
            await self._desk.call(change, reference, request.state.member.id, outcome)
        except UnknownReference:
            return self._pages.show(request, "message.html", 404, kind="callback_gone")
        except NotPossible:
            return await self._page(request, 409, "already")
        self._desk.tell()
        return RedirectResponse(f"/desk/?done={said}", 303)

    async def _page(self, request: Request, status: int, notice: str | None) -> Response:
        try:
            callback = await self._desk.call(self._desk.callbacks.show, request.path_params["reference"])
        except UnknownReference:
            return self._pages.show(request, "message.html", 404, kind="callback_gone")
        return self._pages.show(
            request,
            "callback.html",
            status,
            callback=callback,
            urgency=urgency(callback),
            notice=notice,
            done=DONE,
            missed=MISSED,
        )
