"""The private port: readiness of every part, and the figures for Prometheus. Never reachable from outside."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response

from bot.gateway.brain_client import BrainClient
from bot.gateway.metrics import Metrics
from bot.services.conversations.conversations import Conversations
from bot.store.database import DatabaseError

_SECONDS = 2.0


def operations_app(conversations: Conversations, brain: BrainClient, metrics: Metrics, actions_url: str) -> FastAPI:
    """Routes `/ready` and `/metrics`."""
    app = FastAPI(title="FAQbot operations", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/ready")
    async def ready() -> JSONResponse:
        """Each part by itself; 503 when one is missing. Messages are taken all the same."""
        found = await asyncio.gather(_has_database(conversations), brain.is_ready(), _has_actions(actions_url))
        parts = dict(zip(("database", "brain", "actions"), found, strict=True))
        return JSONResponse({"ready": all(found), **parts}, 200 if all(found) else 503)

    @app.get("/metrics")
    async def figures() -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return app


async def _has_database(conversations: Conversations) -> bool:
    try:
        await asyncio.wait_for(asyncio.to_thread(conversations.last_event, ""), _SECONDS)
    except (DatabaseError, asyncio.TimeoutError):
        return False
    return True


async def _has_actions(url: str) -> bool:
    address = urlsplit(url)
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
            return (await client.get(f"{address.scheme}://{address.netloc}/health")).status_code == 200
    except httpx.HTTPError:
        return False
