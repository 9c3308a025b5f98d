"""Callbacks: all that are to be done by what is due first, one with its details and history, done or missed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.inbox import urgency
from bot.desk.pages import Pages
from bot.foundation.ids import uuid7
from bot.services.callback.appointments import APPOINTED, WHYS
from bot.services.callback.callbacks import ALL, Callback, UnknownReference
from bot.services.callback.form import EMAIL, VIDEO
from bot.services.callback.letters import APPOINTMENT, LONGEST_BODY, LONGEST_SUBJECT, TEMPLATES, Draft
from bot.services.handoff.states import CALLBACK_DONE, SYSTEM, VISITOR, NotPossible
from bot.services.opening_hours.hours import BRUSSELS

DONE: tuple[str, ...] = ("answered", "referred", "appointment", "other")
MISSED: tuple[str, ...] = ("not_reached", "wrong_address", "no_time")
_NOTHING = {"day": "", "time": "", "why": "", "told": ""}
#: What the page says after an act that led back to it.
_SAID = frozenset({"appointed", "appointed_mailed", "appointed_call", "told", "letter"})


@dataclass(frozen=True)
class Past:
    """A line of the history: a change of the state, an appointment, or words to the person."""

    at: datetime
    by: str
    kind: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """What stands in the page's forms: a fault beside a field, the appointment as entered, a letter."""

    status: int = 200
    notice: str | None = None
    faults: dict[str, str] = field(default_factory=dict)
    appointment: dict[str, str] = field(default_factory=dict)
    template: str | None = None
    letter: Draft | None = None
    letter_id: str = ""


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
        """One; with `letter`, a letter from that template is ready to be read and sent."""
        template, said = request.query_params.get("letter"), request.query_params.get("done", "")
        notice = f"callback_{said}" if said in _SAID else None
        return await self.page(request, Shown(notice=notice, template=template if template in TEMPLATES else None))

    async def end(self, request: Request) -> Response:
        """Done, or missed for a reason."""
        fields = await read_form(request)
        act, outcome, reference = fields.get("act"), fields.get("outcome", ""), request.path_params["reference"]
        if (act, outcome in DONE) == ("done", True):
            said = "callback_done"
        elif (act, outcome in MISSED) == ("missed", True):
            said = "callback_missed"
        else:
            return await self.page(request, Shown(422, "no_outcome"))
        try:
            callbacks = self._desk.callbacks
            change = callbacks.done if act == "done" else callbacks.missed
            await self._desk.call(change, reference, request.state.member.id, outcome)
        except UnknownReference:
            return self.gone(request)
        except NotPossible:
            return await self.page(request, Shown(409, "already"))
        self._desk.tell()
        return RedirectResponse(f"/desk/?done={said}", 303)

    async def page(self, request: Request, shown: Shown, reference: str | None = None) -> Response:
        """One callback, with what is in its forms; by default the one of the path."""
        try:
            wanted = reference or request.path_params["reference"]
            callback = await self._desk.call(self._desk.callbacks.show, wanted)
        except UnknownReference:
            return self.gone(request)
        letters = self._desk.letters.letters
        letter = shown.letter
        if shown.template and letter is None:
            letter = await self._desk.call(letters.draft, callback, shown.template, request.state.member.shown_name)
        return self._pages.show(
            request,
            "callback.html",
            shown.status,
            callback=callback,
            urgency=urgency(callback),
            notice=shown.notice,
            faults=shown.faults,
            appointment={**_NOTHING, **(shown.appointment or _as_entered(callback))},
            history=await self._desk.call(self._history, callback),
            has_address=callback.way in (EMAIL, VIDEO),
            can_mail=letters.is_set_up,
            must_tell=must_tell(callback),
            is_closed_then=callback.appointed_at is not None
            and self._desk.letters.is_closed_at(callback.appointed_at),
            templates=[one for one in TEMPLATES if one != APPOINTMENT or callback.appointed_at],
            chosen=shown.template,
            letter=letter,
            letter_id=shown.letter_id or uuid7(),
            longest=(LONGEST_SUBJECT, LONGEST_BODY),
            done=DONE,
            missed=MISSED,
            whys=WHYS,
        )

    def gone(self, request: Request) -> Response:
        """The person has erased it, or it never was."""
        return self._pages.show(request, "message.html", 404, kind="callback_gone")

    def _history(self, callback: Callback) -> tuple[Past, ...]:
        return history_of(callback, {one.id: one.shown_name for one in self._desk.accounts.list()})


def history_of(callback: Callback, names: dict[str, str]) -> tuple[Past, ...]:
    """All that happened, in order, with the names of staff by id."""
    changes = [
        Past(one.at, one.by, f"state_{one.after}", {"note": one.note})
        for one in callback.changes
        # An appointment that opens it again has a line of its own.
        if one.note != APPOINTED
    ]
    acts = [Past(one.at, one.by, one.kind, _read(one.detail)) for one in callback.acts]
    known = {VISITOR: VISITOR, SYSTEM: SYSTEM, **names}
    return tuple(
        replace(one, by=known.get(one.by, one.by)) for one in sorted((*changes, *acts), key=lambda one: one.at)
    )


def must_tell(callback: Callback) -> bool:
    """Whether there is an appointment that the person has not heard of."""
    made = [act.at for act in callback.acts if act.kind == APPOINTED]
    return bool(made) and (callback.heard_at is None or callback.heard_at < made[-1])


def _as_entered(callback: Callback) -> dict[str, str]:
    if callback.appointed_at is None:
        return {}
    local = callback.appointed_at.astimezone(BRUSSELS)
    return {"day": local.date().isoformat(), "time": f"{local:%H:%M}"}


def _read(detail: dict[str, Any]) -> dict[str, Any]:
    return {**detail, "at": datetime.fromisoformat(detail["at"])} if "at" in detail else detail
