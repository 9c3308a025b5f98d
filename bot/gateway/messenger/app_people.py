"""Asks Meta who somebody is at our pages: its deletion call names people by another id than a page knows them by."""

from __future__ import annotations

from bot.foundation.messenger_settings import MessengerSettings
from bot.gateway.messenger.client import GraphClient
from bot.gateway.messenger.fields import id_of, items, mapping
from bot.gateway.messenger.graph_errors import PersonUnavailable, Refused


class AppPeople:
    """One per process."""

    def __init__(self, settings: MessengerSettings, client: GraphClient) -> None:
        self._settings, self._client = settings, client

    async def psids_of(self, user_id: str) -> list[str]:
        """The person's ids at our pages, by their id for the app; none when there is nobody. Raises GraphFailure."""
        app = f"{self._settings.app_id}|{self._settings.app_secret}"
        try:
            answer = await self._client.call("GET", f"{user_id}/ids_for_pages", app, {"limit": "100"})
        except (PersonUnavailable, Refused):
            return []
        found = []
        for entry in items(mapping(answer).get("data")):
            page_id, psid = id_of(mapping(mapping(entry).get("page")).get("id")), id_of(mapping(entry).get("id"))
            if psid and page_id and self._settings.page(page_id):
                found.append(psid)
        return found
