"""The application of the desk: its routes, behind the guard. Mounted under /desk by `bot.app`."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.desk.account import AccountPages
from bot.desk.admin_rooms import admin_routes
from bot.desk.callback_acts import CallbackActPages
from bot.desk.callback_pages import CallbackPages
from bot.desk.desk import Desk
from bot.desk.ended_pages import EndedPages
from bot.desk.forms import FormRefused
from bot.desk.guard import Guard
from bot.desk.inbox import InboxPages
from bot.desk.live import Live
from bot.desk.pages import Pages
from bot.desk.presence import PresencePages
from bot.desk.proposal_pages import proposal_routes
from bot.desk.sign_in import SignInPages
from bot.desk.signs import SignPages
from bot.desk.talk import TalkPages
from bot.desk.tools import ToolPages
from bot.foundation.logging import log_problem
from bot.store.database import DatabaseError

_STATIC = Path(__file__).parent / "static"


def desk_app(desk: Desk) -> ASGIApp:
    """All routes under /desk."""
    pages = Pages(desk)
    talks, inbox, callbacks = TalkPages(desk, pages), InboxPages(desk, pages), CallbackPages(desk, pages)
    tools = ToolPages(desk, pages, talks)
    acts = CallbackActPages(desk, callbacks)
    sign_in, account, live = SignInPages(desk, pages, talks, callbacks), AccountPages(pages), Live(desk)
    signs, presence = SignPages(desk), PresencePages(desk, pages)
    get, post = ["GET"], ["POST"]
    routes = [
        *_static_routes(desk.shared_styles),
        Route("/sign-in", sign_in.form, methods=get),
        Route("/sign-in", sign_in.sign_in, methods=post),
        Route("/sign-out", sign_in.sign_out, methods=post),
        Route("/welcome/{token}", sign_in.welcome, methods=get),
        Route("/welcome/{token}", sign_in.choose, methods=post),
        Route("/account", account.show, methods=get),
        Route("/", inbox.show, methods=get),
        Route("/lists", inbox.lists, methods=get),
        Route("/presence", presence.change, methods=post),
        Route("/active", presence.active, methods=post),
        Route("/here", presence.here, methods=get),
        Route("/live", live.stream, methods=get),
        Route("/talks/{id}", talks.show, methods=get),
        Route("/talks/{id}/thread", talks.thread, methods=get),
        Route("/talks/{id}/claim", talks.claim, methods=post),
        Route("/talks/{id}/say", talks.say, methods=post),
        Route("/talks/{id}/close", talks.close, methods=post),
        Route("/talks/{id}/give-back", talks.give_back, methods=post),
        Route("/talks/{id}/insert", tools.insert, methods=post),
        Route("/talks/{id}/found", tools.find, methods=post),
        Route("/talks/{id}/answer", tools.answer, methods=post),
        Route("/talks/{id}/pass-on", tools.pass_on, methods=post),
        Route("/talks/{id}/notes", tools.note, methods=post),
        Route("/talks/{id}/tags", tools.tag, methods=post),
        Route("/talks/{id}/typing", signs.typing, methods=post),
        Route("/talks/{id}/seen", signs.seen, methods=post),
        *proposal_routes(desk, pages),
        Route("/ended", EndedPages(desk, pages).list, methods=get),
        Route("/callbacks", callbacks.list, methods=get),
        Route("/callbacks/{reference}", callbacks.show, methods=get),
        Route("/callbacks/{reference}", callbacks.end, methods=post),
        Route("/callbacks/{reference}/appoint", acts.appoint, methods=post),
        Route("/callbacks/{reference}/told", acts.told, methods=post),
        Route("/callbacks/{reference}/letter", acts.letter, methods=post),
        *admin_routes(desk, pages),
    ]

    async def on_http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return pages.show(request, "message.html", status, kind="not_found")

    async def on_form(request: Request, error: Exception) -> Response:
        return pages.show(request, "message.html", 403, kind="form_refused")

    async def on_database(request: Request, error: Exception) -> Response:
        log_problem("desk_database_failed", cause=str(error))
        return pages.show(request, "message.html", 503, kind="unavailable")

    async def on_fault(request: Request, error: Exception) -> Response:
        log_problem("desk_failed", cause=type(error).__name__)
        return pages.show(request, "message.html", 500, kind="unavailable")

    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, desk=desk, pages=pages)],
        exception_handlers={
            HTTPException: on_http,
            FormRefused: on_form,
            DatabaseError: on_database,
            Exception: on_fault,
        },
    )


def _static_routes(shared_styles: bytes) -> list[Route]:
    files = {
        "desk.css": (shared_styles + (_STATIC / "desk.css").read_bytes(), "text/css"),
        **{path.name: (path.read_bytes(), "text/javascript") for path in _STATIC.glob("*.js")},
    }

    def route(name: str, body: bytes, kind: str) -> Route:
        async def serve(request: Request) -> Response:
            return Response(body, media_type=kind, headers={"Cache-Control": "private, max-age=300"})

        return Route(f"/static/{name}", serve, methods=["GET"])

    return [route(name, body, kind) for name, (body, kind) in files.items()]
