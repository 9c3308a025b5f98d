"""Accounts of staff: add, list, disable, one-time links to choose a password, the first administrator.

Every call is one short transaction; a change is recorded with whoever made it (`by`). Raises DatabaseError when the
database fails; then nothing was changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.foundation import clock
from bot.foundation.ids import uuid7
from bot.foundation.languages import LANGUAGES
from bot.services.staff.audit import ADDED, ENABLED, LINKED, OPERATOR, note_change
from bot.services.staff.passwords import check_password, hash_password
from bot.services.staff.profile import check_profile, close_account, profile_of
from bot.services.staff.records import Invitation, LinkSpent, Member, StaffRefused, as_member
from bot.services.staff.roles import ADMINISTRATOR
from bot.services.staff.tokens import hash_of, new_token
from bot.store import presence_rows, sign_in_rows, staff_rows
from bot.store.database import Connection, Database
from bot.store.presence_rows import PresenceRow
from bot.store.sign_in_rows import LINK, SignInRow
from bot.store.staff_rows import LinkRow, StaffRow

LINK_LASTS = timedelta(hours=24)
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,62}")


class Accounts:
    """One per process."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def add(
        self, name: str, role: str, languages: Iterable[str], shown_name: str | None = None, by: str = OPERATOR
    ) -> str:
        """Make an account without a password; the token of its one-time link. Raises StaffRefused."""
        row = self._new(name, role, languages, shown_name or name, None)
        with self._database.writing() as connection:
            self._insert(connection, row, by)
            return self._link(connection, row.id)

    def list(self) -> list[Member]:
        """Everybody by name."""
        with self._database.reading() as connection:
            return [as_member(row) for row in staff_rows.everybody(connection)]

    def find(self, staff_id: str) -> Member | None:
        """One account."""
        with self._database.reading() as connection:
            row = staff_rows.find(connection, staff_id)
        return as_member(row) if row else None

    def disable(self, name: str, by: str = OPERATOR) -> None:
        """Nobody signs in with it any more; its sessions and links end at once. Raises StaffRefused."""
        with self._database.writing() as connection:
            close_account(connection, self._named(connection, name), by, self._now())

    def new_link(self, name: str, by: str = OPERATOR) -> str:
        """The token of a link to choose a new password; the account is active again. Raises StaffRefused."""
        with self._database.writing() as connection:
            row = self._named(connection, name)
            if not row.is_active:
                staff_rows.change(connection, row.id, is_active=True)
                note_change(connection, by, ENABLED, self._now(), row.id)
            note_change(connection, by, LINKED, self._now(), row.id)
            return self._link(connection, row.id)

    def first_link(self) -> str | None:
        """The token of a link that makes the first administrator; None when there is anybody."""
        with self._database.writing() as connection:
            return None if staff_rows.everybody(connection) else self._link(connection, None)

    def invitation(self, token: str) -> Invitation | None:
        """Whom a link is for; None when it was used, is too old or never was."""
        with self._database.reading() as connection:
            return self._invitation(connection, token)

    def accept(self, token: str, password: str, address: str, name: str = "", shown_name: str = "") -> Member:
        """Choose the password; the link is spent and other sessions end. `name` and `shown_name` are for the
        first administrator. Raises LinkSpent, WeakPassword, StaffRefused; then the link stands."""
        invitation = self.invitation(token)
        if invitation is None:
            raise LinkSpent("this link was used or is too old")
        check_password(password, invitation.member.name if invitation.member else name.strip())
        stored = hash_password(password)
        with self._database.writing() as connection:
            found = self._invitation(connection, token)
            if found is None or not staff_rows.use_link(connection, hash_of(token)):
                raise LinkSpent("this link was used or is too old")
            if found.member:
                staff_id = found.member.id
                staff_rows.change(connection, staff_id, password_hash=stored)
                staff_rows.drop_sessions_of(connection, staff_id)
            else:
                row = self._new(name, ADMINISTRATOR, LANGUAGES, shown_name, stored)
                self._insert(connection, row, row.id)
                staff_id = row.id
            made = staff_rows.find(connection, staff_id)
            assert made is not None
            tried = SignInRow(uuid7(), hash_of(made.name), staff_id, address[:64], self._now(), LINK)
            sign_in_rows.add(connection, tried)
        return as_member(made)

    def _invitation(self, connection: Connection, token: str) -> Invitation | None:
        link = staff_rows.find_link(connection, hash_of(token))
        if link is None or link.expires_at <= self._now():
            return None
        if link.staff_id is None:
            return None if staff_rows.everybody(connection) else Invitation(None)
        row = staff_rows.find(connection, link.staff_id)
        return Invitation(as_member(row)) if row and row.is_active else None

    def _new(
        self, name: str, role: str, languages: Iterable[str], shown_name: str, password_hash: str | None
    ) -> StaffRow:
        folded = name.strip().casefold()
        if not _NAME.fullmatch(folded):
            raise StaffRefused("name", "a name has 2 to 63 letters, digits, dots, dashes or an @")
        shown, spoken = check_profile(role, languages, shown_name)
        return StaffRow(uuid7(), folded, shown, role, spoken, password_hash, True, self._now())

    def _insert(self, connection: Connection, row: StaffRow, by: str) -> None:
        if not staff_rows.add(connection, row):
            raise StaffRefused("taken", f"the name {row.name} is taken")
        note_change(connection, by, ADDED, row.created_at, row.id, {"after": profile_of(row)})
        # Known to the hand-off by name from the beginning, also before they are first in the chat.
        presence_rows.put(
            connection,
            PresenceRow(row.id, row.shown_name, row.languages, [], False, row.created_at, row.created_at),
        )

    def _link(self, connection: Connection, staff_id: str | None) -> str:
        token = new_token()
        staff_rows.put_link(connection, LinkRow(hash_of(token), staff_id, self._now() + LINK_LASTS))
        return token

    def _named(self, connection: Connection, name: str) -> StaffRow:
        row = staff_rows.by_name(connection, name.strip().casefold())
        if row is None:
            raise StaffRefused("unknown", f"nobody has the name {name.strip()[:64]!r}")
        return row
