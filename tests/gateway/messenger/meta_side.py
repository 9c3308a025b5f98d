"""Meta's side of the webhook of a running gateway, for the tests of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.store import message_rows, messenger_rows
from bot.store.database import Database
from tests import messenger_payloads as meta
from tests.databases import database_url
from tests.gateway.running_gateway import RunningGateway
from tests.graph_double.running_double import RunningDouble
from tests.messenger_payloads import PAGE


class Webhook:
    """What Meta does, and what the gateway then shows in its figures and to the brain."""

    def __init__(self, gateway: RunningGateway, database: Database) -> None:
        self.gateway, self.database = gateway, database
        self.client = httpx.Client(base_url=gateway.url, timeout=60)
        self.people = 0

    def post(self, content: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        body = content if isinstance(content, bytes) else meta.raw(content)
        return self.client.post(
            "/messenger/webhook", content=body, headers=meta.signed(body) if headers is None else headers
        )

    def events(self, *events: meta.Event, channel: str = "messaging") -> None:
        answer = self.post(meta.body(*events, channel=channel))
        assert (answer.status_code, answer.text) == (200, "EVENT_RECEIVED")

    def new_person(self) -> str:
        self.people += 1
        return f"70000{self.people}"

    def seen_by_the_brain(self) -> list[str]:
        return [str(turn.get("text") or turn.get("choice")) for turn in self.gateway.turns()]

    def log(self) -> str:
        return (self.gateway.folder / "gateway.log").read_text("utf-8")

    def told(self, psid: str) -> list[str]:
        """What was said to a person by the bot, as Markdown, oldest first."""
        with self.database.reading() as connection:
            person = messenger_rows.find(connection, PAGE, psid)
            rows = message_rows.of_contact(connection, person.contact_id) if person else []
        replies = [row.reply for row in rows if row.role == message_rows.BOT and row.reply]
        return ["\n".join(part.get("markdown", "") for part in reply["parts"]) for reply in replies]

    def count(self, kind: str, outcome: str) -> float:
        line = re.search(
            rf'faqbot_messenger_events_total{{kind="{kind}",outcome="{outcome}"}} (\S+)', self.gateway.figures()
        )
        return float(line[1]) if line else 0.0


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def webhook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Webhook]:
    """One for a module, on each kind of database."""
    with _opened_webhook(request.param, tmp_path_factory.mktemp("webhook")) as opened:
        yield opened


@contextmanager
def _opened_webhook(kind: str, folder: Path) -> Iterator[Webhook]:
    """A gateway on a database of this kind, with Meta's double beside it."""
    double = RunningDouble(folder).start()
    with database_url(kind, folder) as url:
        address = url if kind == "postgresql" else ""
        gateway = RunningGateway(folder, DATABASE_URL=address, **double.gateway_settings())
        try:
            gateway.start()
            database = Database(address or f"sqlite:///{folder / 'faqbot.sqlite'}")
            yield Webhook(gateway, database)
            database.close()
        finally:
            gateway.stop()
            double.stop()
