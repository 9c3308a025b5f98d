"""Accounts and sessions on an empty database, with a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from bot.services.staff import passwords
from bot.services.staff.accounts import Accounts
from bot.services.staff.records import Member
from bot.services.staff.sessions import Sessions
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.databases import Clock, empty_url

__all__ = ["empty_url"]

PASSWORD = "seven grey herons"
ADDRESS = "192.0.2.7"


class StaffDoor:
    """The service, with short words for what tests do often."""

    def __init__(self, url: str) -> None:
        self.clock, self.database = Clock(), Database(url)
        self.accounts, self.sessions = Accounts(self.database, self.clock), Sessions(self.database, self.clock)

    def with_password(self, name: str, role: str = "counsellor", password: str = PASSWORD) -> Member:
        """An account that can sign in."""
        token = self.accounts.add(name, role, ["nl", "fr"])
        return self.accounts.accept(token, password, ADDRESS)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little; what they cost in earnest is the library's own default."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))


@pytest.fixture
def staff(empty_url: str) -> Iterator[StaffDoor]:
    migrate(empty_url)
    opened = StaffDoor(empty_url)
    yield opened
    opened.database.close()
