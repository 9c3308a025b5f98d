"""Accounts of staff: add, list, disable, one-time links to choose a password, the first administrator.

Every call is one short transaction. Raises DatabaseError when the database fails; then nothing was changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.foundation import clock
from bot.foundation.ids import uuid7
from bot.foundation.languages import LANGUAGES
from bot.services.staff.passwords import check_password, hash_password
from bot.services.staff.records import Invitation, LinkSpent, Member, StaffRefused, as_member
from bot.services.staff.roles import ADMINISTRATOR, ROLES
from bot.services.staff.tokens import hash_of, new_token
from bot.store import presence_rows, sign_in_rows, staff_rows
from bot.store.database import Connection, Database
from bot.store.presence_rows import PresenceRow
from bot.store.sign_in_rows import LINK, SignInRow
from bot.store.staff_rows import LinkRow, StaffRow

LINK_LASTS = timedelta(hours=24)
LONGEST_SHOWN_NAME = 60
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,62}")


class Accounts:
    """One per process."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def add(self, name: str, role: str, languages: Iterable[str], shown_name: str | None = None) -> str:
        """Make an account without a password; the token of its one-time link. Raises StaffRefused."""
        row = self._new(name, role, languages, shown_name or name, None)
        with self._database.writing() as connection:
            self._insert(connection, row)
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

    def disable(self, name: str) -> None:
        """Nobody signs in with it any more; its sessions and links end at once. Raises StaffRefused."""
        with self._database.writing() as connection:
            row = self._named(connection, name)
            staff_rows.change(connection, row.id, is_active=False)
            staff_rows.drop_sessions_of(connection, row.id)
            staff_rows.drop_links_of(connection, row.id)
            presence = presence_rows.find(connection, row.id)
            if presence:
                presence_rows.put(connection, PresenceRow(**{**presence.__dict__, "is_present": False}))

    def new_link(self, name: str) -> str:
        """The token of a link to choose a new password; the account is active again. Raises StaffRefused."""
        with self._database.writing() as connection:
            row = self._named(connection, name)
            staff_rows.change(connection, row.id, is_active=True)
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
                self._insert(connection, row)
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
        folded, shown = name.strip().casefold(), " ".join(shown_name.split())
        spoken = [language for language in LANGUAGES if language in set(languages)]
        if not _NAME.fullmatch(folded):
            raise StaffRefused("name", "a name has 2 to 63 letters, digits, dots, dashes or an @")
        if role not in ROLES:
            raise StaffRefused("role", f"a role is one of {', '.join(ROLES)}")
        if not spoken:
            raise StaffRefused("languages", f"languages are some of {', '.join(LANGUAGES)}")
        if not shown or len(shown) > LONGEST_SHOWN_NAME or not shown.isprintable():
            raise StaffRefused("shown_name", f"a name to be shown has 1 to {LONGEST_SHOWN_NAME} letters")
        return StaffRow(uuid7(), folded, shown, role, spoken, password_hash, True, self._now())

    def _insert(self, connection: Connection, row: StaffRow) -> None:
        if not staff_rows.add(connection, row):
            raise StaffRefused("taken", f"the name {row.name} is taken")
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
