"""What Meta would know: the app, its pages, the people who write to them, and what was said."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

#: Every field of the page's webhook that the double knows.
FIELDS = (
    *("messages", "messaging_postbacks", "messaging_optins", "messaging_referrals", "message_deliveries"),
    *("message_reads", "message_echoes", "message_reactions", "message_edits", "messaging_handovers", "standby"),
    *("messaging_optouts", "messaging_policy_enforcement", "response_feedback"),
)


@dataclass
class Page:
    """A Facebook page. `token_state` is valid, expired or revoked; with `routing` a thread has one owner."""

    id: str
    name: str
    token: str
    token_state: str = "valid"
    routing: bool = False
    human_agent: bool = True
    profile: dict[str, Any] = field(default_factory=dict)
    subscribed: set[str] = field(default_factory=lambda: set(FIELDS))
    permissions: tuple[str, ...] = ("pages_messaging", "pages_manage_metadata", "pages_show_list")


@dataclass
class Line:
    """One message or tap in a thread. `author` is person, app or staff."""

    mid: str
    at: int
    author: str
    body: dict[str, Any]
    is_gone: bool = False


@dataclass
class Person:
    """Somebody as one page knows them. `owner` is the app that has the thread, None when nobody has.

    The person has read up to `seen_until`, the page up to `page_seen_until` (milliseconds). `app_scoped_id` is the
    same at all pages.
    """

    psid: str
    page: str
    app_scoped_id: str = field(default_factory=lambda: str(random.randrange(10**15, 10**16)))
    locale: str = "fr_FR"
    first_name: str = "Alex"
    last_name: str = "Peeters"
    is_blocked: bool = False
    has_profile: bool = True
    reads: bool = False
    last_from_person_at: int | None = None
    owner: str | None = None
    is_typed_to: bool = False
    seen_until: int = 0
    page_seen_until: int = 0
    lines: list[Line] = field(default_factory=list)


class World:
    """All of it, in memory. Listeners hear of every change (the demo page shows it)."""

    def __init__(self, app_id: str, app_secret: str, verify_token: str, pages: list[Page]) -> None:
        self.app_id, self.app_secret, self.verify_token = app_id, app_secret, verify_token
        self.pages = {page.id: page for page in pages}
        self.people: dict[str, Person] = {}
        self.calls: list[dict[str, Any]] = []
        self.callback_url = ""
        self.listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    def add_person(self, page: str, psid: str | None = None, **known: Any) -> Person:
        """Somebody new."""
        person = Person(psid or str(random.randrange(10**15, 10**16)), page, **known)
        self.people[person.psid] = person
        return person

    def person(self, psid: str) -> Person:
        """Raises KeyError."""
        return self.people[psid]

    def page_of_token(self, token: str) -> Page | None:
        """Whose token this is, whatever its state."""
        return next((page for page in self.pages.values() if page.token == token), None)

    def tell(self, person: Person, kind: str, **data: Any) -> None:
        """Let the listeners know."""
        for listener in self.listeners:
            listener.put_nowait({"psid": person.psid, "kind": kind, **data})
