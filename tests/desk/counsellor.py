"""Somebody of the staff without a browser: keeps cookies, reads forms, posts them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx

from bot.services.staff.accounts import Accounts
from bot.store.database import Database
from tests.gateway.running_gateway import BRIEFLY_KEPT, RunningGateway, Visitor, wait_until

PASSWORD = "seven grey herons"


class StaffMember:
    """One browser of one member of staff."""

    def __init__(self, gateway: RunningGateway, address: str = "127.0.0.1") -> None:
        self.gateway = gateway
        self.client = httpx.Client(
            base_url=gateway.url,
            timeout=30,
            follow_redirects=False,
            headers={"X-Forwarded-For": address},
            limits=BRIEFLY_KEPT,
        )

    def get(self, path: str, **headers: str) -> httpx.Response:
        """One page, in English."""
        return self.client.get(path, headers={"Accept-Language": "en", **headers})

    def form(self, page: str, path: str, **fields: str) -> httpx.Response:
        """Post a form with the token that a page holds."""
        found = re.search(r'name="form_token" value="(\w+)"', self.get(page).text)
        assert found, f"no form on {page}"
        return self.post(path, form_token=found[1], **fields)

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Post as it is."""
        return self.client.post(path, data=fields, headers={"Accept-Language": "en"})

    def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> httpx.Response:
        """Name and password."""
        return self.form("/desk/sign-in", "/desk/sign-in", name=name, password=password, **fields)

    def come(self) -> None:
        """Be there for visitors."""
        assert self.form("/desk/", "/desk/presence", act="come").status_code == 303

    def waiting(self) -> list[str]:
        """The hand-offs that the inbox lists as waiting, in order."""
        return list(dict.fromkeys(re.findall(r'action="/desk/talks/([\w-]+)/claim"', self.get("/desk/").text)))

    def act(self, handoff_id: str, verb: str, **fields: str) -> httpx.Response:
        """Claim, say, close, give back, with a token of the inbox."""
        return self.form("/desk/", f"/desk/talks/{handoff_id}/{verb}", **fields)

    def words_of(self, handoff_id: str) -> str:
        """The conversation's page as text."""
        return unescape(re.sub(r"<[^>]*>", " ", self.get(f"/desk/talks/{handoff_id}").text))


def account(
    database_url: str, name: str, role: str = "counsellor", languages: tuple[str, ...] = ("fr", "nl", "en")
) -> None:
    """An account that can sign in; nothing happens when it is there."""
    database = Database(database_url)
    try:
        accounts = Accounts(database)
        if name not in [one.name for one in accounts.list()]:
            token = accounts.add(name, role, languages, name.title())
            accounts.accept(token, PASSWORD, "127.0.0.1")
    finally:
        database.close()


def url_of(gateway: RunningGateway) -> str:
    """The address of the gateway's database."""
    return gateway.environment["DATABASE_URL"] or f"sqlite:///{Path(gateway.folder) / 'faqbot.sqlite'}"


def in_queue(gateway: RunningGateway, staff: StaffMember, **message: str) -> tuple[Visitor, str]:
    """A visitor who waits, and their hand-off."""
    before = set(staff.waiting())
    visitor = Visitor(gateway.url)
    if message:
        visitor.post(**message)
        visitor.wait_for_answers(1)
    visitor.post(choice="human", language=message.get("language", "en"))
    wait_until(lambda: bool(set(staff.waiting()) - before), 20)
    (mine,) = set(staff.waiting()) - before
    return visitor, mine


def said_to(visitor: Visitor, role: str) -> list[str]:
    """What somebody with a role has said to the visitor, as HTML with plain spaces."""
    messages = [event["data"] for event in visitor.history() if event["kind"] == "message"]
    return [
        "".join(part.get("html", "").replace("&#32;", " ") for part in message["parts"])
        for message in messages
        if message["role"] == role
    ]
