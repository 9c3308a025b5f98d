"""A gateway with Messenger: gateway and double as processes of their own, the brain a stand-in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.databases import database_url
from tests.gateway.running_gateway import RunningGateway
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import raw, signed


class RunningMessenger:
    """Both, tied together."""

    def __init__(self, gateway: RunningGateway, double: RunningDouble) -> None:
        self.gateway, self.double = gateway, double
        self.webhook = f"{gateway.url}/messenger/webhook"
        self.client = httpx.Client(timeout=60)

    def post(self, content: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        """A webhook call as Meta makes it, with the answer of the gateway; bytes are sent as they are."""
        body = content if isinstance(content, bytes) else raw(content)
        return self.client.post(self.webhook, content=body, headers=signed(body) if headers is None else headers)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in the gateway's database (SQLite)."""
        with sqlite3.connect(f"file:{self.gateway.folder / 'faqbot.sqlite'}?mode=ro", uri=True) as connection:
            return connection.execute(query, values).fetchall()

    def is_quiet(self) -> bool:
        """Whether nothing waits to be answered or to be sent."""
        waiting = self.rows("SELECT count(*) FROM message WHERE state = 'waiting'")[0][0]
        return bool(waiting == 0 and self.double.control("GET", "webhooks")["on_the_way"] == 0)


@contextmanager
def running_messenger(
    folder: Path, kind: str = "sqlite", of_page: dict[str, Any] | None = None, **settings: str
) -> Iterator[RunningMessenger]:
    """Gateway and double in this folder; `of_page` are further settings of the first page."""
    double = RunningDouble(folder)
    with database_url(kind, folder) as url:
        gateway = RunningGateway(
            folder,
            **{"DATABASE_URL": url if kind == "postgresql" else "", **double.gateway_settings(**(of_page or {}))},
            **settings,
        )
        try:
            double.start()
            double.send_webhooks_to(f"{gateway.url}/messenger/webhook")
            gateway.start()
            yield RunningMessenger(gateway, double)
        finally:
            gateway.stop()
            double.stop()


def first_line(words: str) -> str:
    """What the stand-in of the brain was asked: it repeats the words, and the date of the facts follows."""
    return words.strip().partition("\n")[0]
