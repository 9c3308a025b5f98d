"""Proposals to the content team: made from a visitor's message, read and ended by editors."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.pages import Pages
from bot.services.proposals.proposals import (
    ENDS,
    KINDS,
    LONGEST,
    LONGEST_COMMENT,
    PHRASE,
    ProposalEnded,
    ProposalRefused,
    UnknownProposal,
)

_ENDED_SHOWN = 20


class ProposalPages:
    """The routes. Who may talk proposes; who may improve the content reads and ends."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages

    async def form(self, request: Request) -> Response:
        """The message, masked, and what is proposed about it."""
        return await self._form(request, 200, None, {})

    async def propose(self, request: Request) -> Response:
        """Keep it, and back to the talk. What cannot be kept stays in the form."""
        fields, path = await read_form(request), request.path_params
        arguments = (path["id"], path["message"], request.state.member.id, fields.get("kind", ""))
        words = (fields.get("topic", ""), fields.get("text", ""), fields.get("comment", ""))
        try:
            await self._desk.call(self._desk.tools.proposals.add, *arguments, *words)
        except ProposalRefused as refused:
            return await self._form(request, 422, refused.reason, fields)
        return RedirectResponse(f"/desk/talks/{path['id']}?said=proposed#latest", 303)

    async def list(self, request: Request) -> Response:
        """What is open, and what was ended lately."""
        return await self._list(request, 200, None)

    async def end(self, request: Request) -> Response:
        """Take or refuse one."""
        fields, reference = await read_form(request), request.path_params["reference"]
        arguments = (reference, request.state.member.id, fields.get("act", ""), fields.get("outcome", ""))
        try:
            await self._desk.call(self._desk.tools.proposals.close, *arguments)
        except UnknownProposal:
            return await self._list(request, 404, "proposal_gone")
        except ProposalEnded:
            return await self._list(request, 409, "already")
        except ProposalRefused:
            return await self._list(request, 422, "proposal_too_long")
        return RedirectResponse("/desk/proposals", 303)

    async def _form(self, request: Request, status: int, problem: str | None, fields: dict[str, str]) -> Response:
        path = request.path_params
        draft = await self._desk.call(self._desk.tools.proposals.draft, path["id"], path["message"])
        if draft is None:
            return self._pages.show(request, "message.html", 404, kind="talk_gone")
        content = self._desk.words.content
        values: dict[str, Any] = {
            "kind": PHRASE,
            "topic_chosen": fields.get("topic", ""),
            "text": draft[0],
            "comment": "",
            **{name: fields[name] for name in ("kind", "text", "comment") if name in fields},
        }
        return self._pages.show(
            request,
            "propose.html",
            status,
            problem=problem,
            handoff_id=path["id"],
            said=draft[0],
            spoken=draft[1],
            kinds=KINDS,
            longest=max(LONGEST.values()),
            longest_comment=LONGEST_COMMENT,
            themes=[
                (name, [topic for topic in content.cards if topic.startswith(f"{name}/")]) for name in content.themes
            ],
            **values,
        )

    async def _list(self, request: Request, status: int, notice: str | None) -> Response:
        proposals = self._desk.tools.proposals
        to_do = await self._desk.call(proposals.list)
        done = await self._desk.call(proposals.list, ENDS, _ENDED_SHOWN)
        values = {"notice": notice, "to_do": to_do, "done": done, "longest": LONGEST_COMMENT}
        return self._pages.show(request, "proposals.html", status, here="/desk/proposals", **values)


def proposal_routes(desk: Desk, pages: Pages) -> list[Route]:
    """All of them."""
    proposals = ProposalPages(desk, pages)
    return [
        Route("/talks/{id}/propose/{message}", proposals.form, methods=["GET"]),
        Route("/talks/{id}/propose/{message}", proposals.propose, methods=["POST"]),
        Route("/proposals", proposals.list, methods=["GET"]),
        Route("/proposals/{reference}", proposals.end, methods=["POST"]),
    ]
