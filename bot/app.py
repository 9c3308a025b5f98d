"""Puts the public door together: services, chat, pages, and the private port beside. Mounted by uvicorn."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from bot.desk.admin_parts import AdminParts
from bot.desk.desk import Desk
from bot.desk.letter_parts import letter_parts
from bot.desk.rooms import desk_app
from bot.desk.tool_parts import tool_parts
from bot.foundation.clock import now
from bot.foundation.kept_secrets import read_brain_secret, read_token_secret
from bot.foundation.settings import PROJECT_FOLDER, Settings
from bot.gateway.brain_client import BrainClient
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.handoff_parts import HandoffParts, handoff_parts
from bot.gateway.in_flight import InFlight
from bot.gateway.limits import SIGNS_A_MINUTE, RateLimit, StreamLimit
from bot.gateway.messenger.parts import messenger_parts
from bot.gateway.metrics import Metrics
from bot.gateway.operations import operations_app
from bot.gateway.own_answers import OwnAnswers
from bot.gateway.pages.activities import activity_routes
from bot.gateway.pages.demo import page_routes
from bot.gateway.pages.style_sheets import shared_styles
from bot.gateway.problems import Problem, language_of, problem_response
from bot.gateway.relay import Relay
from bot.gateway.security import Faults, OriginGate, Origins, SecurityHeaders
from bot.gateway.standings import Standings
from bot.gateway.streams import Streams
from bot.gateway.sweeper import Sweeper
from bot.gateway.web_chat.door import Door
from bot.gateway.web_chat.events import event_routes
from bot.gateway.web_chat.messages import message_routes
from bot.gateway.web_chat.rendering import Rendering, html_of
from bot.gateway.web_chat.renewal import Renewal
from bot.gateway.web_chat.signs import sign_routes
from bot.gateway.web_chat.start import start_routes
from bot.gateway.web_chat.tokens import Tokens
from bot.gateway.widget_files import read_script
from bot.gateway.words import GatewayWords
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.scheduled import Schedule
from bot.services.agenda.warm_up import warm_up
from bot.services.callback.callbacks import Callbacks
from bot.services.content.draft import CENTRE_FILE, read_draft
from bot.services.content.live_file import LiveFile
from bot.services.conversations.conversations import Conversations
from bot.services.handoff.presence import Presence
from bot.services.notices.current import CurrentNotices
from bot.services.notices.notices import NOTICES_FILE
from bot.services.opening_hours.editor import HoursEditor
from bot.services.releases.active import ActiveContent
from bot.services.staff.accounts import Accounts
from bot.services.staff.administration import Administration
from bot.services.staff.sessions import Sessions
from bot.services.starters.starters import STARTERS_FILE, read_starters
from bot.services.talks.talks import Talks
from bot.store.database import Database
from bot.store.migrate import open_database
from bot.store.one_at_a_time import OneAtATime
from bot.store.signals import open_signals
from bot.store.tracker_rows import TrackerRows, tracker_database


@dataclass(frozen=True)
class Apps:
    """The application for everybody, and the one for the private port."""

    public: FastAPI
    private: FastAPI
    streams: Streams


def create_apps(settings: Settings) -> Apps:
    """Open the database (migrating it where needed) and build both applications."""
    database = open_database(settings)
    trackers = TrackerRows(tracker_database(settings))
    conversations = Conversations(database, now, trackers)
    draft = PROJECT_FOLDER / "data"
    words = GatewayWords(ActiveContent(settings.releases_folder, draft), lambda: read_draft(draft).texts)
    notices, metrics, streams = CurrentNotices(draft / NOTICES_FILE), Metrics(), Streams()
    brain = BrainClient(settings.brain_url, read_brain_secret(settings, create=True) or "")
    own = OwnAnswers(words, conversations, notices)
    limits = settings.door
    worker = f"{socket.gethostname()}:{limits.port}"
    in_flight = InFlight(limits.concurrent_turns, OneAtATime(database))
    handoff = handoff_parts(database, settings, draft, words, streams)
    dispatcher = Dispatcher(conversations, brain, own, handoff.seam, streams, metrics, in_flight, worker)
    site_url = settings.door.site_url
    pages = settings.messenger
    messenger = (
        messenger_parts(pages, site_url, database, trackers, words, dispatcher, handoff, streams, metrics)
        if pages
        else None
    )
    door = Door(
        settings=settings,
        conversations=conversations,
        dispatcher=dispatcher,
        person_turns=handoff.turns,
        signs=handoff.signs,
        streams=streams,
        tokens=Tokens(read_token_secret(settings), limits.session_days),
        words=words,
        rendering=Rendering(words),
        notices=notices,
        starters=LiveFile(draft / STARTERS_FILE, read_starters, ()),
        metrics=metrics,
        origins=Origins(limits.origins),
        per_session=RateLimit(limits.messages_per_session),
        per_address=RateLimit(limits.messages_per_address),
        readings=RateLimit(limits.readings_per_session),
        starts=RateLimit(limits.starts_per_address),
        per_sign=RateLimit(SIGNS_A_MINUTE),
        stream_limit=StreamLimit(limits.max_streams, limits.streams_per_session),
    )

    signals = open_signals(settings)
    standings = Standings(handoff.signs, streams)
    relay, sweeper = Relay(streams, signals) if signals else None, Sweeper(conversations)
    agenda, schedule = Agenda(database), Schedule(settings, database)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        if relay:
            relay.start()
        sweeper.start()
        dispatcher.start()
        if messenger:
            messenger.start()
        handoff.keeper.start()
        standings.start()
        warm_up()
        schedule.start()
        yield
        await asyncio.to_thread(schedule.stop)
        streams.close_all()
        await standings.stop()
        await handoff.keeper.stop()
        if messenger:
            await messenger.stop()
        await dispatcher.stop()
        await sweeper.stop()
        if relay:
            await relay.stop()
        await brain.close()
        database.close()

    public = FastAPI(title="FAQbot", version="1", docs_url=None, redoc_url=None, lifespan=life)
    for routes in (message_routes(door), sign_routes(door), event_routes(door), start_routes(door)):
        public.include_router(routes)
    public.include_router(page_routes(door, read_script()))
    public.include_router(activity_routes(door, agenda))
    public.mount("/desk", _desk(settings, database, handoff, words, streams))
    if messenger:
        messenger.mount(public)
    _add_health(public)
    _add_errors(public, door)
    refuse = partial(_refuse, door)
    public.add_middleware(Renewal)
    public.add_middleware(Faults, refuse=refuse)
    public.add_middleware(OriginGate, origins=door.origins, refuse=refuse)
    public.add_middleware(SecurityHeaders)
    sending = messenger.sending if messenger else None
    private = operations_app(conversations, brain, metrics, settings.actions_url, agenda, handoff.notifier, sending)
    return Apps(public, private, streams)


def _desk(
    settings: Settings, database: Database, handoff: HandoffParts, words: GatewayWords, streams: Streams
) -> ASGIApp:
    """The staff's rooms, with what they need of the public door."""
    desk = Desk(
        accounts=Accounts(database),
        sessions=Sessions(database),
        handoffs=handoff.handoffs,
        presence=Presence(database, handoff.setting),
        signs=handoff.signs,
        callbacks=Callbacks(database),
        letters=letter_parts(database, words, settings.staff.mail, handoff.setting.hours),
        talks=Talks(database),
        admin=AdminParts(
            Administration(database),
            HoursEditor(database, PROJECT_FOLDER / "data" / CENTRE_FILE),
            settings.door.public_url,
        ),
        tools=tool_parts(
            database, PROJECT_FOLDER / "data", settings.door.public_url, handoff.handoffs, lambda: words.content
        ),
        words=words,
        streams=streams,
        html_of=html_of,
        shared_styles=shared_styles(),
        untold=handoff.notifier.failing,
    )
    return desk_app(desk)


def _add_health(app: FastAPI) -> None:
    @app.get("/health", include_in_schema=False)
    async def health() -> JSONResponse:
        """Alive or not; what is behind is told on the private port only."""
        return JSONResponse({"alive": True}, headers={"Cache-Control": "no-store"})


def _add_errors(app: FastAPI, door: Door) -> None:
    @app.exception_handler(Problem)
    async def on_problem(request: Request, error: Problem) -> Response:
        return _refuse(door, request, error)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        return _refuse(door, request, Problem("method" if error.status_code == 405 else "not_found"))


def _refuse(door: Door, request: Request, problem: Problem) -> Response:
    door.metrics.refused.labels(problem.code).inc()
    return problem_response(problem, language_of(request), door.words)
