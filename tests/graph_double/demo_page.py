"""The page that looks like Messenger, at `/`, with its files under `/demo` and a stream of what changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.foundation.settings import PROJECT_FOLDER
from tests.graph_double.world import World

_FOLDER = Path(__file__).parent / "demo"
_TOKENS = PROJECT_FOLDER / "bot" / "gateway" / "pages" / "tokens.css"
#: So often a silent stream says that it is alive.
_ALIVE_SECONDS = 15.0
_NOT_KEPT = {"Cache-Control": "no-store"}


def demo_routes(world: World) -> list[Route]:
    """The page, its files and the stream."""

    async def page(request: Request) -> Response:
        return FileResponse(_FOLDER / "index.html", headers=_NOT_KEPT)

    async def styles(request: Request) -> Response:
        sheet = _TOKENS.read_text("utf-8") + (_FOLDER / "style.css").read_text("utf-8")
        return Response(sheet, media_type="text/css", headers=_NOT_KEPT)

    async def file(request: Request) -> Response:
        path = _FOLDER / request.path_params["name"]
        if path.parent != _FOLDER or not path.is_file():
            return Response(status_code=404)
        return FileResponse(path, headers=_NOT_KEPT)

    async def events(request: Request) -> Response:
        stream = _changes(world, request.query_params.get("psid", ""))
        return StreamingResponse(stream, media_type="text/event-stream", headers=_NOT_KEPT)

    return [
        Route("/", page),
        Route("/demo/style.css", styles),
        Route("/demo/events", events),
        Route("/demo/{name}", file),
    ]


async def _changes(world: World, psid: str) -> AsyncIterator[str]:
    """Every change of one person's thread, as server-sent events."""
    listener: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    world.listeners.add(listener)
    try:
        yield ": hello\n\n"
        while True:
            try:
                change = await asyncio.wait_for(listener.get(), _ALIVE_SECONDS)
            except asyncio.TimeoutError:
                yield ": alive\n\n"
                continue
            if change["psid"] == psid:
                yield f"data: {json.dumps(change)}\n\n"
    finally:
        world.listeners.discard(listener)
