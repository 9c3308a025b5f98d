"""The server: every path is a call of the Graph API, but `/control` and the demo page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.graph_double import nodes, threads
from tests.graph_double.access import Call, page_of, read_call
from tests.graph_double.control import Control
from tests.graph_double.demo_page import demo_routes
from tests.graph_double.errors import GraphError, not_there, trace_id, unexpected
from tests.graph_double.misbehaviour import Misbehaviour, instead
from tests.graph_double.postman import Postman
from tests.graph_double.profile import answer_profile
from tests.graph_double.sending import send
from tests.graph_double.world import World


def create_app(world: World) -> Starlette:
    """The application for one world."""
    postman, faults = Postman(world), Misbehaviour()
    graph = _Graph(world, postman, faults)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        yield
        await postman.stop()

    routes = [
        *Control(world, postman, faults).routes(),
        *demo_routes(world),
        Route("/{path:path}", graph.answer, methods=["GET", "POST", "DELETE"]),
    ]
    return Starlette(routes=routes, lifespan=life)


class _Graph:
    """Answers the calls."""

    def __init__(self, world: World, postman: Postman, faults: Misbehaviour) -> None:
        self._world, self._postman, self._faults = world, postman, faults

    async def answer(self, request: Request) -> Response:
        """One call, remembered with what was answered."""
        version = ""
        call: Call | None = None
        try:
            call = await read_call(request)
            version = call.version
            response = await self._fault_or_answer(call)
        except GraphError as error:
            response = JSONResponse(error.body(), error.status)
        if call is not None:
            self._remember(call, response.status_code)
        response.headers["facebook-api-version"] = version
        response.headers["x-fb-trace-id"] = trace_id()
        return response

    async def _fault_or_answer(self, call: Call) -> Response:
        fault = self._faults.take(call.edge, call.parameters)
        if fault is None:
            return JSONResponse(await self._answer(call))
        response = await instead(fault)
        if response is not None:
            return response
        content = await self._answer(call)
        if fault.kind == "lost":
            error = unexpected()
            return JSONResponse(error.body(), error.status)
        return JSONResponse(content)

    async def _answer(self, call: Call) -> dict[str, Any]:
        """Raises GraphError."""
        world, path = self._world, call.path
        if path == ("debug_token",):
            return nodes.debug_token(world, call)
        if path == (world.app_id, "subscriptions"):
            return await nodes.app_subscriptions(world, call)
        if len(path) == 2 and path[1] == "ids_for_pages":
            return nodes.ids_for_pages(world, path[0], call)
        page = page_of(world, call)
        if not path or len(path) > 2:
            raise GraphError(f"Unknown path components: /{'/'.join(path)}", 2500)
        if path[0] not in ("me", page.id):
            if len(path) == 1:
                return nodes.read_person(world, page, path[0], call)
            raise not_there(path[0])
        if len(path) == 1:
            return nodes.read_page(page, call)
        if path[1] == "messages" and call.method == "POST":
            return send(world, self._postman, page, call)
        if path[1] == "messenger_profile":
            return answer_profile(page, call)
        if path[1] == "subscribed_apps":
            return nodes.subscribed_apps(world, page, call)
        if path[1] in threads.EDGES:
            return threads.answer_thread(world, self._postman, page, call)
        raise GraphError(f"Unknown path components: /{path[1]}", 2500)

    def _remember(self, call: Call, status: int) -> None:
        self._world.calls.append(
            {
                "method": call.method,
                "version": call.version,
                "path": "/".join(call.path),
                "parameters": call.parameters,
                "status": status,
            }
        )
