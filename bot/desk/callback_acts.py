"""What a counsellor does for a callback before it is done: an appointment, a letter, the person was told."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.callback_pages import CallbackPages, Shown
from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.foundation.clock import now
from bot.foundation.ids import uuid7
from bot.foundation.logging import log_event, log_problem
from bot.services.callback.appointments import WHYS
from bot.services.callback.callbacks import UnknownReference
from bot.services.callback.form import EMAIL, VIDEO
from bot.services.callback.letters import APPOINTMENT, TEMPLATES, Draft, NoAddress, SentAlready
from bot.services.callback.moments import BadMoment, read_moment
from bot.services.handoff.states import NotPossible
from bot.services.notify.smtp import NotSent

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Beside which field a moment's fault is said.
_FIELDS = {"date": "day", "past": "day", "far": "day", "time": "time", "skipped": "time"}


class CallbackActPages:
    """The routes under /desk/callbacks/<reference>/."""

    def __init__(self, desk: Desk, pages: CallbackPages) -> None:
        self._desk, self._pages = desk, pages

    async def appoint(self, request: Request) -> Response:
        """Set or move the appointment. Whoever left an e-mail address is told at once; others have to be called."""
        fields, reference = await read_form(request), request.path_params["reference"]
        entered = {name: fields.get(name, "") for name in ("day", "time", "why", "told")}
        try:
            moment = read_moment(entered["day"], entered["time"], now())
        except BadMoment as error:
            faults = {_FIELDS[error.reason]: error.reason}
            return await self._pages.page(request, Shown(422, "callback_faults", faults, entered))
        if entered["why"] not in WHYS:
            return await self._pages.page(request, Shown(422, "callback_faults", {"why": "why"}, entered))
        by, is_told = request.state.member.id, bool(entered["told"])
        try:
            await self._desk.call(
                self._desk.letters.appointments.appoint, reference, by, moment, entered["why"], is_told
            )
        except UnknownReference:
            return self._pages.gone(request)
        except NotPossible:
            return await self._pages.page(request, Shown(409, "already", appointment=entered))
        self._desk.tell()
        callback = await self._desk.call(self._desk.callbacks.show, reference)
        if is_told or callback.way not in (EMAIL, VIDEO):
            return self._back(request, "appointed" if is_told else "appointed_call")
        if fields.get("act") == "write":
            return RedirectResponse(f"/desk/callbacks/{callback.reference}?letter={APPOINTMENT}#letter", 303)
        draft = await self._desk.call(
            self._desk.letters.letters.draft, callback, APPOINTMENT, request.state.member.shown_name
        )
        return await self._send(request, uuid7(), APPOINTMENT, draft, "appointed_mailed")

    async def told(self, request: Request) -> Response:
        """The person was told by another way."""
        await read_form(request)
        try:
            appointments = self._desk.letters.appointments
            await self._desk.call(appointments.told, request.path_params["reference"], request.state.member.id)
        except UnknownReference:
            return self._pages.gone(request)
        except NotPossible:
            return await self._pages.page(request, Shown(409, "already"))
        self._desk.tell()
        return self._back(request, "told")

    async def letter(self, request: Request) -> Response:
        """Send a letter as it is in the form. What cannot be sent stays there."""
        fields = await read_form(request)
        template = fields.get("template", "")
        template = template if template in TEMPLATES else TEMPLATES[0]
        # The subject is one line, whatever comes.
        draft = Draft(" ".join(fields.get("subject", "").split()), fields.get("body", "").strip())
        given = fields.get("letter_id", "")
        letter_id = given if _ID.fullmatch(given) else uuid7()
        fault = draft.fault()
        if fault:
            return await self._again(request, 422, f"letter_{fault}", template, draft, letter_id)
        return await self._send(request, letter_id, template, draft, "letter")

    async def _send(self, request: Request, letter_id: str, template: str, draft: Draft, said: str) -> Response:
        reference, by = request.path_params["reference"], request.state.member.id
        try:
            letters = self._desk.letters.letters
            await self._desk.call(letters.send, reference, by, letter_id, template, draft)
        except UnknownReference:
            return self._pages.gone(request)
        except SentAlready:
            return await self._again(request, 409, "letter_already", template, draft, uuid7())
        except NoAddress:
            return await self._again(request, 409, "letter_no_address", template, draft, letter_id)
        except NotSent as error:
            log_problem("letter_not_sent", template=template, cause=str(error))
            notice = "letter_not_sent" if self._desk.letters.letters.is_set_up else "letter_not_set_up"
            return await self._again(request, 503, notice, template, draft, letter_id)
        log_event("letter_sent", template=template)
        self._desk.tell()
        return self._back(request, said)

    async def _again(
        self, request: Request, status: int, notice: str, template: str, draft: Draft, letter_id: str
    ) -> Response:
        shown = Shown(status, notice, template=template, letter=draft, letter_id=letter_id)
        return await self._pages.page(request, shown)

    def _back(self, request: Request, said: str) -> Response:
        return RedirectResponse(f"/desk/callbacks/{request.path_params['reference']}?done={said}", 303)
