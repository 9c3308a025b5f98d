"""Accounts of staff for administrators: list, add, change, disable, a new one-time link, and what was changed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.desk import Desk
from bot.desk.forms import read_form
from bot.desk.pages import Pages
from bot.foundation.languages import LANGUAGES
from bot.services.staff.records import Member, StaffRefused
from bot.services.staff.roles import COUNSELLOR, ROLES

_LATEST = 20
_SAID = frozenset({"changed", "disabled", "enabled"})
#: Beside which field a refusal is said; the others are said above the form.
_FIELDS = {"name": "name", "taken": "name", "shown_name": "shown_name", "languages": "languages", "role": "role"}


class StaffPages:
    """The routes under /desk/staff. A one-time link is in the answer to the form that asked for it, nowhere else."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages
        self._administration = desk.admin.administration

    async def list(self, request: Request) -> Response:
        """All accounts, the form for another one, the newest changes."""
        return await self._list(request)

    async def add(self, request: Request) -> Response:
        """A new account; the page shows its link this once."""
        fields = await read_form(request)
        profile = (fields.get("role", ""), _spoken(fields), fields.get("shown_name", "") or fields.get("name", ""))
        arguments = (fields.get("name", ""), *profile, request.state.member.id)
        try:
            token = await self._desk.call(self._desk.accounts.add, *arguments)
        except StaffRefused as error:
            return await self._list(request, 422, error.reason, fields)
        name = fields.get("name", "").strip().casefold()
        return await self._list(request, link=self._link(request, token), link_for=name)

    async def show(self, request: Request) -> Response:
        """One account."""
        said = request.query_params.get("done", "")
        return await self._one(request, said=said if said in _SAID else None)

    async def change(self, request: Request) -> Response:
        """Profile, disable, enable, or a new link."""
        fields, staff_id = await read_form(request), request.path_params["id"]
        act, by = fields.get("act"), request.state.member.id
        try:
            if act == "change":
                profile = (fields.get("role", ""), _spoken(fields), fields.get("shown_name", ""))
                await self._desk.call(self._administration.change, by, staff_id, *profile)
            elif act == "disable":
                await self._desk.call(self._administration.disable, by, staff_id)
            elif act == "enable":
                await self._desk.call(self._administration.enable, by, staff_id)
            elif act == "link":
                return await self._new_link(request)
            else:
                return await self._one(request, 422)
        except StaffRefused as error:
            return await self._one(request, 422, error.reason, fields if act == "change" else None)
        # Who is offered to visitors may have changed.
        self._desk.tell()
        said = {"change": "changed", "disable": "disabled", "enable": "enabled"}[act]
        return RedirectResponse(f"/desk/staff/{staff_id}?done={said}", 303)

    async def _new_link(self, request: Request) -> Response:
        member = await self._desk.call(self._desk.accounts.find, request.path_params["id"])
        if member is None:
            return await self._one(request)
        if not member.is_active:
            return await self._one(request, 409, "disabled")
        token = await self._desk.call(self._desk.accounts.new_link, member.name, request.state.member.id)
        return await self._one(request, link=self._link(request, token))

    def _link(self, request: Request, token: str) -> str:
        return f"{self._desk.admin.site_of(request)}/desk/welcome/{token}"

    async def _list(
        self,
        request: Request,
        status: int = 200,
        refused: str | None = None,
        fields: dict[str, str] | None = None,
        link: str | None = None,
        link_for: str = "",
    ) -> Response:
        given = (
            fields if fields is not None else {"role": COUNSELLOR, **{f"speaks_{code}": "1" for code in LANGUAGES}}
        )
        return self._pages.show(
            request,
            "staff.html",
            status,
            accounts=await self._desk.call(self._administration.accounts),
            changes=await self._desk.call(self._administration.changes, _LATEST),
            link=link,
            link_for=link_for,
            **_form(given, refused),
        )

    async def _one(
        self,
        request: Request,
        status: int = 200,
        refused: str | None = None,
        fields: dict[str, str] | None = None,
        link: str | None = None,
        said: str | None = None,
    ) -> Response:
        member = await self._desk.call(self._desk.accounts.find, request.path_params["id"])
        if member is None:
            return self._pages.show(request, "message.html", 404, kind="not_found")
        form = _form(fields if fields is not None else _as_fields(member), refused)
        values = {"one": member, "link": link, "link_for": member.name, "said": said}
        return self._pages.show(request, "staff_member.html", status, **values, **form)


def _form(fields: dict[str, str], refused: str | None) -> dict[str, object]:
    """What the form's template needs; a refusal is beside its field or, without one, above."""
    return {
        "roles": ROLES,
        "fields": {name: fields.get(name, "") for name in ("name", "shown_name", "role")},
        "speaks": _spoken(fields),
        "refused": refused,
        "refused_field": _FIELDS.get(refused or ""),
    }


def _as_fields(member: Member) -> dict[str, str]:
    spoken = {f"speaks_{code}": "1" for code in member.languages}
    return {"name": member.name, "shown_name": member.shown_name, "role": member.role, **spoken}


def _spoken(fields: dict[str, str]) -> list[str]:
    # Each language has a name of its own: of fields with one name the form keeps the last.
    return [code for code in LANGUAGES if fields.get(f"speaks_{code}")]
