"""Signing in, with throttling and a record of every try, and the sessions that follow from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.foundation import clock
from bot.foundation.ids import uuid7
from bot.services.staff.passwords import is_password
from bot.services.staff.records import Member, Refused, SignedIn, Throttled, as_member
from bot.services.staff.tokens import hash_of, new_token
from bot.store import sign_in_rows, staff_rows
from bot.store.database import Connection, Database
from bot.store.sign_in_rows import BEGUN, OK, REFUSED, THROTTLED, SignInRow
from bot.store.staff_rows import SessionRow

#: A session ends so long after the last act, and so long after it began.
IDLE, IN_ALL = timedelta(hours=2), timedelta(hours=12)
#: So many failures within `WITHIN`, and nobody signs in for a while.
MOST_FOR_ACCOUNT, MOST_FROM_ADDRESS = 10, 20
WITHIN = timedelta(minutes=15)
#: The record of sign-ins is kept so long.
KEPT = timedelta(days=90)
#: Acts that follow each other quickly are noted once.
_NOTED_EVERY = timedelta(minutes=1)


class Sessions:
    """One per process. Tokens are stored as hashes: who reads the database cannot sign in with it."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now

    def sign_in(self, name: str, password: str, address: str) -> SignedIn | Refused | Throttled:
        """Check name and password. Every try is recorded before the password is looked at."""
        folded = name.strip().casefold()
        account, now = hash_of(folded), self._now()
        with self._database.writing() as connection:
            row = staff_rows.by_name(connection, folded)
            tried = SignInRow(uuid7(), account, row.id if row else None, address[:64], now, BEGUN)
            sign_in_rows.add(connection, tried)
        # Counted once it is written: of many at once, each sees all that were written before.
        with self._database.writing() as connection:
            is_throttled = self._is_throttled(connection, tried)
            if is_throttled:
                sign_in_rows.settle(connection, tried.id, THROTTLED)
        if is_throttled:
            return Throttled(int(WITHIN.total_seconds() // 60))
        is_right = is_password(row.password_hash if row else None, password)
        with self._database.writing() as connection:
            # Disabled, or with another password, meanwhile: as it is now counts.
            current = staff_rows.find(connection, row.id) if row else None
            is_same = current is not None and row is not None and current.password_hash == row.password_hash
            if not is_right or not is_same or current is None or not current.is_active:
                sign_in_rows.settle(connection, tried.id, REFUSED)
                return Refused()
            sign_in_rows.settle(connection, tried.id, OK)
            sign_in_rows.forget_before(connection, now - KEPT)
            staff_rows.drop_sessions_before(connection, now - IN_ALL, now - IDLE)
            return SignedIn(as_member(current), self._open(connection, current.id, now))

    def open_for(self, member: Member) -> SignedIn:
        """A session for somebody who has just used a one-time link."""
        with self._database.writing() as connection:
            return SignedIn(member, self._open(connection, member.id, self._now()))

    def read(self, token: str, is_act: bool = True) -> Member | None:
        """Whose session it is; None when it is over. Only an act of the person prolongs it: a page that is open
        and asks for news by itself does not."""
        now, token_hash = self._now(), hash_of(token)
        with self._database.reading() as connection:
            session = staff_rows.find_session(connection, token_hash)
            row = staff_rows.find(connection, session.staff_id) if session else None
        if session is None or row is None or not row.is_active:
            return None
        if now - session.used_at >= IDLE or now - session.created_at >= IN_ALL:
            return None
        if is_act and now - session.used_at >= _NOTED_EVERY:
            with self._database.writing() as connection:
                staff_rows.use_session(connection, token_hash, now)
        return as_member(row)

    def end(self, token: str) -> None:
        """Sign out."""
        with self._database.writing() as connection:
            staff_rows.drop_session(connection, hash_of(token))

    def record(self, count: int = 50) -> list[SignInRow]:
        """The newest tries first."""
        with self._database.reading() as connection:
            return sign_in_rows.latest(connection, count)

    def _open(self, connection: Connection, staff_id: str, now: datetime) -> str:
        token = new_token()
        staff_rows.add_session(connection, SessionRow(hash_of(token), staff_id, now, now))
        return token

    def _is_throttled(self, connection: Connection, tried: SignInRow) -> bool:
        since = tried.at - WITHIN
        return (
            sign_in_rows.failed_for(connection, tried.account_hash, since) > MOST_FOR_ACCOUNT
            or sign_in_rows.failed_from(connection, tried.address, since) > MOST_FROM_ADDRESS
        )
