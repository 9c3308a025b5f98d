"""The desk's application in this process, for pages that need no visitor: on an empty SQLite, with the real words."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.desk.admin_parts import AdminParts
from bot.desk.desk import Desk
from bot.desk.letter_parts import LetterParts
from bot.desk.rooms import desk_app
from bot.services.callback.appointments import Appointments
from bot.services.callback.callbacks import Callbacks
from bot.services.callback.letters import Letters, Post
from bot.services.handoff.handoffs import Handoffs
from bot.services.handoff.presence import Presence
from bot.services.opening_hours.editor import HoursEditor
from bot.services.opening_hours.hours import Hours
from bot.services.staff.accounts import Accounts
from bot.services.staff.administration import Administration
from bot.services.staff.sessions import Sessions
from bot.services.talks.talks import Talks
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.desk.counsellor import PASSWORD, StaffMember
from tests.services.handoff.conftest import WORDS, setting_for


class Streams:
    """Nobody listens in these tests."""

    def wake(self, contact_id: str) -> None:
        """Nothing to wake."""


class Site:
    """The application, its database, and members of staff with browsers of their own."""

    url = "http://desk.example"

    def __init__(
        self,
        folder: Path,
        clock: Any,
        public_url: str | None = None,
        post: Post | None = None,
        hours: Hours | None = None,
        **parts: Any,
    ) -> None:
        address = f"sqlite:///{folder / 'faqbot.sqlite'}"
        migrate(address)
        self.database, self.clock = Database(address), clock
        self.accounts = Accounts(self.database, clock)
        known = {
            "accounts": self.accounts,
            "sessions": Sessions(self.database, clock),
            "handoffs": Handoffs(self.database, setting_for(clock)),
            "presence": Presence(self.database, setting_for(clock)),
            "callbacks": Callbacks(self.database, clock),
            "letters": LetterParts(
                Appointments(self.database, clock), Letters(self.database, WORDS, post, clock), lambda: hours
            ),
            "talks": Talks(self.database),
            "admin": AdminParts(
                Administration(self.database, clock), HoursEditor(self.database, folder / "centre.yml"), public_url
            ),
            "words": WORDS,
            "streams": Streams(),
            "html_of": str,
            "shared_styles": b"",
            "untold": dict,
            **parts,
        }
        # What these pages do not use is absent, so that a use of it fails.
        absent = SimpleNamespace()
        desk = Desk(**{field.name: known.get(field.name, absent) for field in fields(Desk)})
        self.app = Starlette(routes=[Mount("/desk", desk_app(desk))])

    def browser(self, address: str = "127.0.0.1") -> StaffMember:
        """A browser that nobody has signed in with."""
        member = StaffMember.__new__(StaffMember)
        client = TestClient(self.app, self.url, follow_redirects=False, client=(address, 50000))
        member.client = client
        return member

    def member(self, name: str, role: str = "counsellor") -> StaffMember:
        """Somebody with an account and a session."""
        if name not in [one.name for one in self.accounts.list()]:
            token = self.accounts.add(name, role, ("fr", "nl", "en"), name.title())
            self.accounts.accept(token, PASSWORD, "127.0.0.1")
        found = self.browser()
        response = found.sign_in(name)
        assert response.status_code == 303, response.text
        return found

    def close(self) -> None:
        """Close the database."""
        self.database.close()
