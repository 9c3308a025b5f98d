"""What administrators do with accounts at the desk, and what they read: accounts, changes, sign-ins.

Nobody locks themselves out, and there is always an administrator who can sign in. Every change is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.foundation import clock
from bot.services.staff.audit import ENABLED, note_change
from bot.services.staff.profile import change_profile, check_profile, close_account
from bot.services.staff.records import Member, StaffRefused, as_member
from bot.services.staff.roles import ADMINISTRATOR
from bot.services.staff.sessions import KEPT
from bot.store import sign_in_rows, staff_change_rows, staff_rows
from bot.store.database import Connection, Database
from bot.store.sign_in_rows import Wanted
from bot.store.staff_rows import StaffRow

#: In the filter: names that were typed and that no account has.
NOBODY = "nobody"
PAGE = 50


@dataclass(frozen=True)
class Account:
    """One account; `entered_at` is None when it was not entered in 90 days."""

    member: Member
    entered_at: datetime | None


@dataclass(frozen=True)
class Change:
    """One line of the record; `by` and `whom` are shown names, or what is kept where the account is unknown."""

    at: datetime
    by: str
    what: str
    whom: str | None
    detail: dict[str, Any]


@dataclass(frozen=True)
class SignIn:
    """One try to sign in; `name` is None where no account has the name that was typed."""

    at: datetime
    name: str | None
    address: str
    outcome: str


@dataclass(frozen=True)
class SignIns:
    """One page of the record, counted from 1."""

    rows: tuple[SignIn, ...]
    count: int
    page: int
    pages: int


class Administration:
    """One per process. `by` is the id of the administrator."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def accounts(self) -> list[Account]:
        """All by name."""
        with self._database.reading() as connection:
            entered = sign_in_rows.last_entries(connection)
            return [Account(as_member(row), entered.get(row.id)) for row in staff_rows.everybody(connection)]

    def change(self, by: str, staff_id: str, role: str, languages: Iterable[str], shown_name: str) -> None:
        """Another role, other languages, another shown name; they hold at once. Raises StaffRefused."""
        shown, spoken = check_profile(role, languages, shown_name)
        with self._database.writing() as connection:
            row = self._to_change(connection, staff_id, stays=role == ADMINISTRATOR)
            change_profile(connection, row, role, spoken, shown, by, self._now())

    def disable(self, by: str, staff_id: str) -> None:
        """Nobody signs in with it any more. Raises StaffRefused, also for one's own account."""
        if by == staff_id:
            raise StaffRefused("yourself", "nobody disables their own account")
        with self._database.writing() as connection:
            row = self._to_change(connection, staff_id, stays=False)
            close_account(connection, row, by, self._now())

    def enable(self, by: str, staff_id: str) -> None:
        """It is as it was before it was disabled. Raises StaffRefused."""
        with self._database.writing() as connection:
            row = self._to_change(connection, staff_id, stays=True)
            if not row.is_active:
                staff_rows.change(connection, row.id, is_active=True)
                note_change(connection, by, ENABLED, self._now(), row.id)

    def changes(self, count: int = PAGE) -> list[Change]:
        """The newest lines of the record."""
        with self._database.reading() as connection:
            names = {row.id: row.shown_name for row in staff_rows.everybody(connection)}
            rows = staff_change_rows.latest(connection, count)
        return [
            Change(row.at, names.get(row.by, row.by), row.what, names.get(row.staff_id or ""), row.detail or {})
            for row in rows
        ]

    def sign_ins(self, account: str = "", outcome: str = "", page: int = 1) -> SignIns:
        """Tries of 90 days, of an account (an id, or `NOBODY`) and with an outcome, where given."""
        wanted = Wanted(self._now() - KEPT, outcome=outcome or None)
        wanted = replace(wanted, is_unknown=True) if account == NOBODY else replace(wanted, staff_id=account or None)
        with self._database.reading() as connection:
            count = sign_in_rows.count_matching(connection, wanted)
            pages = max(1, -(-count // PAGE))
            page = min(max(1, page), pages)
            names = {row.id: row.name for row in staff_rows.everybody(connection)}
            rows = sign_in_rows.matching(connection, wanted, PAGE, (page - 1) * PAGE)
        found = tuple(SignIn(row.at, names.get(row.staff_id or ""), row.address, row.outcome) for row in rows)
        return SignIns(found, count, page, pages)

    def _to_change(self, connection: Connection, staff_id: str, stays: bool) -> StaffRow:
        """The account. Unless it `stays` what it is or becomes an administrator, another one must be left."""
        administrators = staff_rows.lock_entering(connection, ADMINISTRATOR)
        row = staff_rows.find(connection, staff_id)
        if row is None:
            raise StaffRefused("unknown", "there is no such account")
        if not stays and [one.id for one in administrators] == [row.id]:
            raise StaffRefused("last_administrator", "there must be an administrator who can sign in")
        return row
