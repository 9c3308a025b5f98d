"""`/control`: what tests and the demo page ask of the double itself; nothing of it exists at Meta."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests import messenger_payloads as payloads
from tests.graph_double.misbehaviour import KINDS, Fault, Misbehaviour
from tests.graph_double.nodes import verify
from tests.graph_double.people import NotPossible, People
from tests.graph_double.postman import Postman
from tests.graph_double.world import Person, World

_HOUR = 3_600_000
_PAGE_SETTINGS = frozenset({"token_state", "routing", "human_agent", "subscribed", "permissions", "token", "profile"})
_PERSON_SETTINGS = frozenset({"locale", "first_name", "is_blocked", "has_profile", "reads", "owner"})


class Control:
    """The routes, over everything that the double has."""

    def __init__(self, world: World, postman: Postman, faults: Misbehaviour) -> None:
        self._world, self._postman, self._faults = world, postman, faults
        self._people = People(world, postman)

    def routes(self) -> list[Route]:
        """All under /control."""
        return [
            self._route("/control/people", self._add_person, "POST"),
            self._route("/control/people/{psid}", self._set_person, "PATCH"),
            self._route("/control/people/{psid}", self._show_person, "GET"),
            self._route("/control/people/{psid}/{what}", self._act, "POST"),
            self._route("/control/pages/{page}", self._set_page, "PATCH"),
            self._route("/control/faults", self._set_faults, "POST"),
            self._route("/control/faults", self._clear_faults, "DELETE"),
            self._route("/control/webhooks", self._set_webhooks, "PATCH"),
            self._route("/control/webhooks", self._show_webhooks, "GET"),
            self._route("/control/webhooks", self._forget_webhooks, "DELETE"),
            self._route("/control/webhooks/verify", self._verify, "POST"),
            self._route("/control/calls", self._show_calls, "GET"),
            self._route("/control/calls", self._forget_calls, "DELETE"),
            self._route("/control/sent", self._show_sent, "GET"),
            self._route("/control/state", self._show_state, "GET"),
        ]

    @staticmethod
    def _route(path: str, endpoint: Callable[[Request, dict[str, Any]], Awaitable[Any]], method: str) -> Route:
        async def answer(request: Request) -> Response:
            raw = await request.body()
            try:
                return JSONResponse(await endpoint(request, json.loads(raw) if raw else {}))
            except (KeyError, NotPossible, TypeError, ValueError) as error:
                return JSONResponse({"fault": f"{type(error).__name__}: {error}"}, 422)

        return Route(path, answer, methods=[method])

    async def _add_person(self, request: Request, given: dict[str, Any]) -> Any:
        """`silent_hours`: wrote so long ago, as far as Meta's window goes; without it never."""
        page = given.pop("page", next(iter(self._world.pages)))
        silent_hours = given.pop("silent_hours", None)
        person = self._world.add_person(self._world.pages[page].id, **given)
        if silent_hours is not None:
            person.last_from_person_at = payloads.now_ms() - int(silent_hours * _HOUR)
        return seen(self._world, person)

    async def _set_person(self, request: Request, given: dict[str, Any]) -> Any:
        """`silent_hours`: so long ago the person wrote last."""
        person = self._world.person(request.path_params["psid"])
        if "silent_hours" in given and person.last_from_person_at is not None:
            person.last_from_person_at -= int(given.pop("silent_hours") * _HOUR)
        _change(person, given, _PERSON_SETTINGS)
        return seen(self._world, person)

    async def _show_person(self, request: Request, given: dict[str, Any]) -> Any:
        return seen(self._world, self._world.person(request.path_params["psid"]))

    async def _act(self, request: Request, given: dict[str, Any]) -> Any:
        person, what = self._world.person(request.path_params["psid"]), request.path_params["what"]
        if what == "staff":
            return self._people.staff_says(person, given["text"])
        if what == "staff-done":
            self._people.staff_gives_back(person)
            return {}
        return self._people.act(person, what, given)

    async def _set_page(self, request: Request, given: dict[str, Any]) -> Any:
        page = self._world.pages[request.path_params["page"]]
        if "subscribed" in given:
            given["subscribed"] = set(given["subscribed"])
        _change(page, given, _PAGE_SETTINGS)
        return {}

    async def _set_faults(self, request: Request, given: dict[str, Any]) -> Any:
        if given.get("kind") not in KINDS:
            raise NotPossible(f"kind must be one of {', '.join(KINDS)}")
        self._faults.faults.append(Fault(**given))
        return {}

    async def _clear_faults(self, request: Request, given: dict[str, Any]) -> Any:
        self._faults.faults.clear()
        return {}

    async def _set_webhooks(self, request: Request, given: dict[str, Any]) -> Any:
        self._world.callback_url = given.pop("callback_url", self._world.callback_url)
        names = {one.name for one in dataclasses.fields(self._postman.habits)}
        _change(self._postman.habits, given, frozenset(names))
        return {}

    async def _show_webhooks(self, request: Request, given: dict[str, Any]) -> Any:
        return {"on_the_way": self._postman.on_the_way, "log": list(self._postman.log)}

    async def _forget_webhooks(self, request: Request, given: dict[str, Any]) -> Any:
        await self._postman.forget()
        return {}

    async def _verify(self, request: Request, given: dict[str, Any]) -> Any:
        return {"fault": await verify(self._world.callback_url, given.get("token", self._world.verify_token))}

    async def _show_calls(self, request: Request, given: dict[str, Any]) -> Any:
        return self._world.calls

    async def _forget_calls(self, request: Request, given: dict[str, Any]) -> Any:
        self._world.calls.clear()
        return {}

    async def _show_sent(self, request: Request, given: dict[str, Any]) -> Any:
        """The metadata of all that each person was sent by the app, in order."""
        people = self._world.people.values()
        return {
            one.psid: [line.body.get("metadata", "") for line in one.lines if line.author == "app"] for one in people
        }

    async def _show_state(self, request: Request, given: dict[str, Any]) -> Any:
        pages = [{**dataclasses.asdict(page), "subscribed": sorted(page.subscribed)} for page in self._pages()]
        for page in pages:
            del page["token"]
        return {"app_id": self._world.app_id, "pages": pages, "people": list(self._world.people)}

    def _pages(self) -> list[Any]:
        return list(self._world.pages.values())


def seen(world: World, person: Person) -> dict[str, Any]:
    """A person with the thread, as tests and the demo page read it."""
    known = dataclasses.asdict(person)
    return {**known, "is_ours": person.owner in (None, world.app_id)}


def _change(target: Any, given: dict[str, Any], allowed: frozenset[str]) -> None:
    unknown = set(given) - allowed
    if unknown:
        raise NotPossible(f"cannot set {', '.join(sorted(unknown))}")
    for name, value in given.items():
        setattr(target, name, value)
