"""An agenda of 24 activities from tomorrow on, and what stands on its page."""

from __future__ import annotations

from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from bot.services.agenda.activity import Activity
from tests.gateway.running_gateway import RunningGateway

BRUSSELS = ZoneInfo("Europe/Brussels")
#: Tomorrow at two in the afternoon.
FIRST = (datetime.now(BRUSSELS) + timedelta(days=1)).replace(
    hour=14, minute=0, second=0, microsecond=0, tzinfo=BRUSSELS
)
NASTY = '"><script>x</script>'


def planned(number: int, **fields: Any) -> Activity:
    """One, so many days after the first."""
    start = FIRST + timedelta(days=number)
    given = {
        "titles": {"fr": f"Atelier {number}", "nl": f"Workshop {number}"},
        "mode": "online",
        "languages": ("nl",),
    }
    return Activity(
        f"a{number}", "series", "test", start=start, end=start + timedelta(hours=2), **{**given, **fields}
    )


class AgendaPage(HTMLParser):
    """What stands on the page: language, texts of headings, addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            found
            for name, found in self.tags
            if name == tag and all(found.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]


def get(gateway: RunningGateway, address: str, **headers: str) -> httpx.Response:
    """One address of the gateway."""
    return httpx.get(gateway.url + address, headers=headers, timeout=60)
