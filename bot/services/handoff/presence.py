"""Who is there: counsellors come, give signs of life and leave. For the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.handoff.absence import is_idle
from bot.services.handoff.asked import counsellors_there
from bot.services.handoff.routing import Counsellor
from bot.services.handoff.setting import Setting
from bot.store import presence_rows
from bot.store.database import Database
from bot.store.presence_rows import PresenceRow

#: An act is written down so often at most: every page that is loaded is one.
_NOTED_EVERY = timedelta(seconds=30)


@dataclass(frozen=True)
class Being:
    """Whether a counsellor is there for people; `idle_since` when it was the clock that set them away."""

    is_present: bool
    idle_since: datetime | None


class Presence:
    """One per process. Without anybody here nobody is ever put into the queue."""

    def __init__(self, database: Database, setting: Setting) -> None:
        self._database, self._setting = database, setting

    def come(self, staff: str, name: str, languages: Iterable[str], themes: Iterable[str] = ()) -> None:
        """A counsellor is there. No theme means every theme; `name` is what visitors and colleagues see."""
        now = self._setting.now()
        row = PresenceRow(staff, name, sorted(languages), sorted(themes), True, now, now, active_at=now)
        with self._database.writing() as connection:
            presence_rows.put(connection, row)

    def seen(self, staff: str) -> None:
        """An act: a key, the pointer, a request that is no page's own."""
        with self._database.writing() as connection:
            presence_rows.active(connection, staff, self._setting.now())

    def page_is_open(self, staff: str) -> None:
        """A sign of life, for as long as there are acts too, or somebody is talked with."""
        now = self._setting.now()
        with self._database.writing() as connection:
            row = presence_rows.find(connection, staff)
            if row and not is_idle(connection, row, now, self._setting.idle):
                presence_rows.seen(connection, staff, now)

    def note(self, staff: str, is_act: bool) -> Being | None:
        """How a counsellor stands whose page asks; with `is_act` that is noted, now and then. None for somebody who
        has never been there."""
        now = self._setting.now()
        with self._database.reading() as connection:
            row = presence_rows.find(connection, staff)
        if row and is_act and (row.active_at is None or now - row.active_at >= _NOTED_EVERY):
            self.seen(staff)
        return Being(row.is_present, row.idle_at) if row else None

    def leave(self, staff: str) -> None:
        """The counsellor takes nobody more; whom they have they keep."""
        with self._database.writing() as connection:
            row = presence_rows.find(connection, staff)
            if row:
                gone = PresenceRow(**{**row.__dict__, "is_present": False, "idle_at": None})
                presence_rows.put(connection, gone)

    def there(self) -> list[Counsellor]:
        """Who is there now."""
        with self._database.reading() as connection:
            return counsellors_there(connection, self._setting.now())
