"""One conversation: the thread with the brief, and claim, reply, close, give back."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.cookies import is_form_token
from bot.desk.desk import Desk
from bot.desk.forms import TOKEN, read_fields, read_form
from bot.desk.pages import Pages
from bot.desk.tools_view import ToolsView, typed_key
from bot.foundation.ids import random_token
from bot.services.handoff.records import Changed, Claimed, Kept, NotYours, Taken
from bot.services.handoff.states import WAITING, WITH_COUNSELLOR

LONGEST_REPLY = 4000
OUTCOMES: tuple[str, ...] = ("answered", "referred", "appointment", "callback", "no_reply", "other")
#: A page that sends a reply by itself keeps its place and hears of it by the stream.
SENT_BY_PAGE = "x-desk-send"


class TalkPages:
    """The routes under /desk/talks."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages, self._tools = desk, pages, ToolsView(desk)

    async def show(self, request: Request) -> Response:
        """The page."""
        said = request.query_params.get("said", "")
        return await self.page(request, request.path_params["id"], notice=said if said == "proposed" else None)

    async def page(
        self,
        request: Request,
        handoff_id: str,
        status: int = 200,
        words: str = "",
        notice: str | None = None,
        **kept: Any,
    ) -> Response:
        """The page with words that were not sent, and a notice above. `kept` is what was typed into other boxes."""
        return await self._show(request, "talk.html", handoff_id, status, words, notice, **kept)

    async def thread(self, request: Request) -> Response:
        """What of the page changes by itself."""
        return await self._show(request, "_talk_news.html", request.path_params["id"], 200, "", None)

    async def claim(self, request: Request) -> Response:
        """Take somebody who waits; who comes second is told who has them."""
        await read_form(request)
        handoff_id = request.path_params["id"]
        found = await self._desk.call(self._desk.handoffs.claim, handoff_id, request.state.member.id)
        if isinstance(found, Claimed):
            self._desk.tell(found.contact_id)
            return self._back_to(handoff_id)
        is_mine = isinstance(found, Taken) and found.staff == request.state.member.id
        if is_mine:
            return self._back_to(handoff_id)
        notices: dict[type, str] = {Taken: "taken", Kept: "for_colleague"}
        return await self.page(request, handoff_id, 409, notice=notices.get(type(found), "gone"))

    async def say(self, request: Request) -> Response:
        """Send a reply. Words that cannot be sent stay in the box."""
        fields = await read_fields(request)
        words, handoff_id = fields.get("words", "").strip(), request.path_params["id"]
        is_by_page = SENT_BY_PAGE in request.headers
        if not is_form_token(request, fields.get(TOKEN, "")):
            # Signed in anew in another tab, perhaps: the page that is shown now can send them.
            return await self.page(request, handoff_id, 403, words=words, notice="kept")
        if not words or len(words) > LONGEST_REPLY:
            notice = "too_long" if words else "empty"
            return await self.page(request, handoff_id, 422, words=words, notice=notice)
        if typed_key(words):
            return await self.insert(request, "", typed_key(words) or "", words)
        talk = await self._desk.call(self._desk.talks.open, handoff_id)
        if talk and talk.messenger and not talk.messenger.is_open:
            return await self.page(request, handoff_id, 422, words=words, notice="messenger_closed")
        try:
            once = fields.get("once", "")[:64]
            await self._desk.call(self._desk.handoffs.say, handoff_id, request.state.member.id, words, once)
        except NotYours:
            return await self.page(request, handoff_id, 409, words=words, notice="not_yours")
        self._desk.tell(talk.contact_id if talk else None)
        return Response(status_code=204) if is_by_page else self._back_to(handoff_id)

    async def insert(self, request: Request, words: str, key: str, typed: str = "") -> Response:
        """The page with a ready-made reply behind the words in the box, for editing; what was `typed` stays when
        there is no such reply. Nothing is sent."""
        handoff_id = request.path_params["id"]
        talk = await self._desk.call(self._desk.talks.open, handoff_id)
        text = self._tools.canned_text(request, talk, key) if talk else None
        if text is None:
            return await self.page(request, handoff_id, 422, words=typed or words, notice="no_canned")
        return await self.page(request, handoff_id, words=f"{words} {text}".strip(), notice="inserted")

    async def after(self, request: Request, contact_id: str, words: str, notice: str) -> Response:
        """A tool has done its work: the page as it is now, with the words that stood in the box."""
        self._desk.tell(contact_id)
        handoff_id = request.path_params["id"]
        if SENT_BY_PAGE in request.headers:
            return Response(status_code=204)
        if words.strip():
            return await self.page(request, handoff_id, words=words, notice=notice)
        return self._back_to(handoff_id)

    async def close(self, request: Request) -> Response:
        """End the talk with an outcome; the bot is back."""
        fields = await read_form(request)
        outcome, handoff_id = fields.get("outcome", ""), request.path_params["id"]
        if outcome not in OUTCOMES:
            return await self.page(request, handoff_id, 422, words=fields.get("words", ""), notice="no_outcome")
        return await self._end(request, "closed", self._desk.handoffs.close, outcome)

    async def give_back(self, request: Request) -> Response:
        """Back into the queue, for a colleague."""
        await read_form(request)
        return await self._end(request, "given_back", self._desk.handoffs.give_back)

    async def _end(self, request: Request, done: str, act: object, *more: str) -> Response:
        handoff_id = request.path_params["id"]
        assert callable(act)
        try:
            changed: Changed = await self._desk.call(act, handoff_id, request.state.member.id, *more)
        except NotYours:
            return await self.page(request, handoff_id, 409, notice="not_yours")
        self._desk.tell(changed.contact_id)
        return RedirectResponse(f"/desk/?done={done}", 303)

    async def _show(
        self,
        request: Request,
        template: str,
        handoff_id: str,
        status: int,
        words: str,
        notice: str | None,
        **kept: Any,
    ) -> Response:
        talk = await self._desk.call(self._desk.talks.open, handoff_id)
        if talk is None:
            # Erased by the person; a half-written reply would reach nobody.
            return self._pages.show(request, "message.html", 404, kind="talk_gone")
        is_mine = talk.state == WITH_COUNSELLOR and talk.staff == request.state.member.id
        tools = await self._tools.values(request, talk, is_mine)
        return self._pages.show(
            request,
            template,
            status,
            talk=talk,
            sight=(await self._desk.call(self._desk.signs.sights, (talk.contact_id,))).get(talk.contact_id),
            is_mine=is_mine,
            is_waiting=talk.state == WAITING,
            words=words,
            notice=notice,
            outcomes=OUTCOMES,
            longest=LONGEST_REPLY,
            once=random_token(),
            live=f"/desk/live?talk={handoff_id}",
            here=f"/desk/talks/{handoff_id}",
            **{**tools, **kept},
        )

    def _back_to(self, handoff_id: str) -> Response:
        return RedirectResponse(f"/desk/talks/{handoff_id}#latest", 303)
