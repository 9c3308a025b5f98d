"""The private port: readiness of every part, and the figures for Prometheus. Never reachable from outside."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response

from bot.foundation.clock import now
from bot.gateway.brain_client import BrainClient
from bot.gateway.messenger.sending import Sending
from bot.gateway.metrics import Metrics
from bot.services.agenda.agenda import Agenda, AgendaState
from bot.services.conversations.conversations import Conversations
from bot.services.notify.notifier import Notifier
from bot.store.database import DatabaseError

_SECONDS = 2.0


def operations_app(
    conversations: Conversations,
    brain: BrainClient,
    metrics: Metrics,
    actions_url: str,
    agenda: Agenda,
    notifier: Notifier,
    messenger: Sending | None = None,
) -> FastAPI:
    """Routes `/ready` and `/metrics`."""
    app = FastAPI(title="FAQbot operations", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/ready")
    async def ready() -> JSONResponse:
        """Each part by itself; 503 when one is missing. Messages are taken all the same."""
        found = await asyncio.gather(_has_database(conversations), brain.is_ready(), _has_actions(actions_url))
        parts = dict(zip(("database", "brain", "actions"), found, strict=True))
        state = await _agenda_state(agenda)
        untold = await _untold(notifier)
        told = {"ready": all(found), **parts, "agenda": _told(state) if state else None, "staff_untold": untold}
        if messenger:
            told["messenger"] = await messenger.told()
        return JSONResponse(told, 200 if all(found) else 503)

    @app.get("/metrics")
    async def figures() -> Response:
        if state := await _agenda_state(agenda):
            metrics.agenda_sources(_ages(state), {one.name for one in state.failing})
        if messenger:
            await messenger.told()
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return app


async def _has_database(conversations: Conversations) -> bool:
    try:
        await asyncio.wait_for(asyncio.to_thread(conversations.last_event, ""), _SECONDS)
    except (DatabaseError, asyncio.TimeoutError):
        return False
    return True


async def _agenda_state(agenda: Agenda) -> AgendaState | None:
    try:
        return await asyncio.wait_for(asyncio.to_thread(agenda.state, now()), _SECONDS)
    except (DatabaseError, asyncio.TimeoutError):
        return None


async def _untold(notifier: Notifier) -> dict[str, int] | None:
    """Notices to staff that could not be sent yet, by channel; a warning that hinders nobody."""
    try:
        return await asyncio.wait_for(asyncio.to_thread(notifier.failing), _SECONDS)
    except (DatabaseError, asyncio.TimeoutError):
        return None


def _told(state: AgendaState) -> dict[str, Any]:
    """Seconds since each source was last read whole (None: never), and why one cannot be read. Hinders nobody."""
    return {
        "is_sample": state.is_sample,
        "age_seconds": {**dict.fromkeys(state.last_sync), **_ages(state)},
        "problems": {one.name: one.reason for one in state.failing},
    }


def _ages(state: AgendaState) -> dict[str, float]:
    moment = now()
    return {name: round((moment - good).total_seconds(), 1) for name, good in state.last_sync.items() if good}


async def _has_actions(url: str) -> bool:
    address = urlsplit(url)
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
            return (await client.get(f"{address.scheme}://{address.netloc}/health")).status_code == 200
    except httpx.HTTPError:
        return False
