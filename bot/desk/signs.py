"""Small signs of a page to the person whose conversation it shows: the counsellor types, and has seen this."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import Desk
from bot.desk.forms import read_form

#: As the person's stream tells them.
_TYPING, _SAW = "person_typing", "person_saw"


class SignPages:
    """Routes under /desk/talks that only scripts call. Without the conversation they change nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def typing(self, request: Request) -> Response:
        """The counsellor writes a reply; said again every few seconds for as long as that is so."""
        await read_form(request)
        member, signs = request.state.member, self._desk.signs
        contact_id = await self._desk.call(signs.contact_of, request.path_params["id"], member.id)
        if contact_id:
            self._desk.streams.tell_passing(contact_id, _TYPING, {"name": member.shown_name})
        return Response(status_code=204)

    async def seen(self, request: Request) -> Response:
        """A visible page of the counsellor shows all events up to this one."""
        event = (await read_form(request)).get("event", "")
        if not event.isascii() or not event.isdigit() or len(event) > 9:
            return Response(status_code=422)
        arguments = (request.path_params["id"], request.state.member.id, int(event))
        found = await self._desk.call(self._desk.signs.staff_saw, *arguments)
        if found:
            contact_id, last = found
            self._desk.streams.tell_passing(contact_id, _SAW, {"event": last})
        return Response(status_code=204)
