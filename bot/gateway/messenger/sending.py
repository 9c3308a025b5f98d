"""Puts the sending half of Messenger together, and tells the operator how it goes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.foundation.clock import now
from bot.foundation.messenger_settings import MessengerSettings, is_old_version
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.page_states import OK, PageStates
from bot.gateway.messenger.posting import Posting
from bot.gateway.messenger.rendering import MessengerRendering
from bot.gateway.messenger.sender import Sender
from bot.gateway.messenger.signs import Signs
from bot.gateway.metrics import Metrics
from bot.gateway.streams import Streams, Told
from bot.gateway.words import GatewayWords
from bot.services.messenger.deliveries import Deliveries
from bot.services.messenger.pages import MessengerPages, PageStanding
from bot.store.database import Database, DatabaseError

_SECONDS = 2.0


@dataclass(frozen=True)
class Sending:
    """One per process. `start` and `stop` with the server."""

    settings: MessengerSettings
    client: GraphClient
    sender: Sender
    signs: Signs
    pages: MessengerPages
    rendering: MessengerRendering
    metrics: Metrics

    def start(self) -> None:
        """Begin to send."""
        self.sender.start()

    async def stop(self) -> None:
        """Leave what is not sent for the next start."""
        await self.signs.stop()
        await self.sender.stop()
        await self.client.close()

    def hear(self, contact_id: str, items: Told) -> None:
        """Something was told to a contact of whatever door. Called by the streams."""
        self.signs.hear(contact_id, items)
        self.sender.hear(contact_id, items)

    async def told(self) -> dict[str, Any] | None:
        """For the private port: each page's state and how many people wait. It hinders nobody; None when unknown."""
        try:
            pages = [page.id for page in self.settings.pages]
            standings = await asyncio.wait_for(asyncio.to_thread(self.pages.standings, pages), _SECONDS)
        except (DatabaseError, asyncio.TimeoutError):
            return None
        self._count(standings)
        version = self.settings.graph_version
        return {
            "graph_version": version,
            "is_version_old": is_old_version(version, now().date()),
            "pages": {
                standing.page_id: {
                    "name": page.name,
                    "state": standing.state,
                    "since": standing.since.isoformat() if standing.since and standing.state != OK else None,
                    "waiting": standing.waiting,
                }
                for page, standing in zip(self.settings.pages, standings, strict=True)
            },
        }

    def _count(self, standings: list[PageStanding]) -> None:
        self.metrics.messenger_paused.clear()
        for standing in standings:
            self.metrics.messenger_waiting.labels(standing.page_id).set(standing.waiting)
            if standing.state != OK:
                self.metrics.messenger_paused.labels(standing.page_id, standing.state).set(1)


def make_sending(
    settings: MessengerSettings,
    site_url: str,
    database: Database,
    words: GatewayWords,
    streams: Streams,
    metrics: Metrics,
    worker: str,
) -> Sending:
    """All parts, on the gateway's database and streams."""
    client, states = GraphClient(settings), PageStates()
    deliveries, pages = Deliveries(database), MessengerPages(database)
    rendering = MessengerRendering(words, site_url)
    posting = Posting(settings, client, rendering, deliveries, pages, states, metrics)
    sender = Sender(deliveries, posting, worker)
    signs = Signs(settings, client, sender, states)
    posting.show_typing = signs.show_typing
    sending = Sending(settings, client, sender, signs, pages, rendering, metrics)
    streams.on_told = sending.hear
    return sending
