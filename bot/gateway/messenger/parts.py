"""Puts Messenger together for a gateway. Called by `bot.app` where pages are set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, FastAPI

from bot.foundation.clock import now
from bot.foundation.logging import log_problem
from bot.foundation.messenger_settings import MessengerSettings, is_old_version
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.handoff_parts import HandoffParts
from bot.gateway.leases import LEASE_SECONDS
from bot.gateway.messenger.app_people import AppPeople
from bot.gateway.messenger.arrivals import Arrivals
from bot.gateway.messenger.deletion import Eraser
from bot.gateway.messenger.deletion_routes import deletion_routes
from bot.gateway.messenger.inbound import Inbound
from bot.gateway.messenger.inbox import Inbox
from bot.gateway.messenger.numbers import Numbers
from bot.gateway.messenger.sending import Sending, make_sending
from bot.gateway.messenger.webhook import parsed, webhook_routes
from bot.gateway.metrics import Metrics
from bot.gateway.streams import Streams
from bot.gateway.words import GatewayWords
from bot.services.messenger.calls import Calls
from bot.services.messenger.deletion import Deletions
from bot.services.messenger.deliveries import Deliveries
from bot.services.messenger.happenings import Happenings
from bot.services.messenger.intake import MessengerIntake
from bot.services.messenger.profiles import Profiles
from bot.store.database import Database
from bot.store.tracker_rows import TrackerRows


@dataclass(frozen=True)
class MessengerParts:
    """What is mounted, and what ends with the server."""

    settings: MessengerSettings
    arrivals: Arrivals
    inbox: Inbox
    eraser: Eraser
    routes: tuple[APIRouter, ...]
    sending: Sending

    def start(self) -> None:
        """Begin to send, and to do what Meta asked before."""
        self.sending.start()
        self.eraser.start()
        self.arrivals.start()

    def mount(self, app: FastAPI) -> None:
        """Add the routes under /messenger."""
        for routes in self.routes:
            app.include_router(routes)

    async def stop(self) -> None:
        """End what is under way."""
        await self.arrivals.stop()
        await self.inbox.stop()
        await self.eraser.stop()
        await self.sending.stop()


def messenger_parts(
    settings: MessengerSettings,
    site_url: str,
    database: Database,
    trackers: TrackerRows,
    words: GatewayWords,
    dispatcher: Dispatcher,
    handoff: HandoffParts,
    streams: Streams,
    metrics: Metrics,
) -> MessengerParts:
    """All parts, on the gateway's database; `site_url` is how people reach the door.

    An old version of the Graph API is named in the log.
    """
    if is_old_version(settings.graph_version, now().date()):
        log_problem("messenger_graph_version_old", version=settings.graph_version)
    intake = MessengerIntake(database, settings, lambda key, language: words.say(key, language), trackers=trackers)
    sending = make_sending(settings, site_url, database, words, streams, metrics, dispatcher.worker)
    deletions = Deletions(database, trackers)
    eraser = Eraser(deletions, words, streams, AppPeople(settings, sending.client).psids_of)
    inbox = Inbox(eraser, Profiles(database), dispatcher, handoff.turns, handoff.signs, streams, metrics)
    inbox.locale_of = sending.client.locale_of
    numbers = Numbers(Deliveries(database), sending.rendering)

    def read(body: bytes, received_at: datetime) -> Happenings:
        return numbers.read(Inbound(settings, received_at).read(parsed(body) or {}))

    calls = Calls(database, intake, read)
    arrivals = Arrivals(calls, inbox.tell, dispatcher.is_website_busy, dispatcher.worker, LEASE_SECONDS)
    routes = (
        webhook_routes(settings, arrivals, inbox),
        deletion_routes(eraser, deletions, words, settings.app_secret, site_url),
    )
    return MessengerParts(settings, arrivals, inbox, eraser, routes, sending)
