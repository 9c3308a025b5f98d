"""Sends what staff are to be told, and keeps it until it is told. Called by the gateway every few seconds.

Several gateways may do it at once: each notice is begun by one. A fault is logged without the notice's words and
shown as a warning; visitors never notice it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.foundation import clock
from bot.foundation.logging import log_event, log_problem
from bot.services.agenda.present.words import Speaker
from bot.services.handoff.states import CALLBACK_MISSED, CALLBACK_OPEN, WAITING
from bot.services.notify import pending
from bot.services.notify.channels import Channel
from bot.services.notify.smtp import NotSent
from bot.services.notify.words import Told, compose
from bot.store import callback_rows, handoff_rows, staff_notice_rows
from bot.store.database import Connection, Database
from bot.store.staff_notice_rows import StaffNoticeRow

_AT_ONCE = 20
#: Pauses after failed attempts; the last one holds from then on.
_PAUSES: tuple[timedelta, ...] = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30))
#: Older than this, a notice helps nobody: the callback is listed all the same.
_OLDEST = timedelta(hours=72)

_STATES = {
    pending.WAITING: {WAITING},
    pending.CALLBACK: {CALLBACK_OPEN, CALLBACK_MISSED},
    pending.REMINDER: {CALLBACK_OPEN},
    pending.MISSED: {CALLBACK_MISSED},
}


class Notifier:
    """One per process. `channels` are those that are set up, by name; `site` is the deployment's public address."""

    def __init__(
        self,
        database: Database,
        speaker: Speaker,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime] = clock.now,
        site: str | None = None,
    ) -> None:
        self._database, self._speaker, self._channels, self._now = database, speaker, channels, now
        self._site = site
        #: The channel whose notice is tried for the first time now: nobody knows yet whether it fails.
        self._first_try: str | None = None

    def run(self) -> int:
        """Send what is due; how many went out. Raises DatabaseError; nothing is lost then."""
        with self._database.reading() as connection:
            due = staff_notice_rows.due(connection, self._now(), _AT_ONCE)
        return sum(self._try(row) for row in due)

    def failing(self) -> dict[str, int]:
        """How many notices of each channel were tried in vain so far; empty when all is well."""
        with self._database.reading() as connection:
            found = staff_notice_rows.failing(connection)
        begun = self._first_try
        return {channel: left for channel, count in found.items() if (left := count - (channel == begun))}

    def _try(self, row: StaffNoticeRow) -> bool:
        self._first_try = row.channel if row.attempts == 0 else None
        try:
            return self._send(row)
        finally:
            self._first_try = None

    def _send(self, row: StaffNoticeRow) -> bool:
        channel, now = self._channels.get(row.channel), self._now()
        pause = _PAUSES[min(row.attempts, len(_PAUSES) - 1)]
        with self._database.writing() as connection:
            if not staff_notice_rows.take(connection, row, now + pause):
                return False
            told = _told(connection, row)
            if channel is None or told is None or now - row.created_at > _OLDEST:
                staff_notice_rows.remove(connection, row.id)
                return False
        try:
            channel.send(compose(told, now, self._speaker, self._site))
        except NotSent as error:
            log_problem("staff_notice_failed", channel=row.channel, kind=row.kind, cause=str(error))
            return False
        with self._database.writing() as connection:
            staff_notice_rows.remove(connection, row.id)
        log_event("staff_notice_sent", channel=row.channel, kind=row.kind)
        return True


def _told(connection: Connection, row: StaffNoticeRow) -> Told | None:
    """What the notice tells of, or None when nobody needs it any more: claimed, done, withdrawn or erased."""
    if row.kind == pending.WITHDRAWN:
        return Told(row.kind, row.language, row.handoff_id, row.reference, None, None)
    handoff = handoff_rows.find(connection, row.handoff_id)
    if handoff is None or handoff.state not in _STATES[row.kind]:
        return None
    pair = callback_rows.of_handoff(connection, row.handoff_id)
    if row.kind != pending.WAITING and pair is None:
        return None
    callback = pair[0] if pair else None
    return Told(row.kind, row.language, row.handoff_id, row.reference, handoff.theme, callback)
