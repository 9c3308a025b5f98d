"""Who is there: counsellors come, give signs of life and leave. For the desk."""

from __future__ import annotations

from collections.abc import Iterable

from bot.services.handoff.asked import counsellors_there
from bot.services.handoff.routing import Counsellor
from bot.services.handoff.setting import Setting
from bot.store import presence_rows
from bot.store.database import Database
from bot.store.presence_rows import PresenceRow


class Presence:
    """One per process. Without anybody here nobody is ever put into the queue."""

    def __init__(self, database: Database, setting: Setting) -> None:
        self._database, self._setting = database, setting

    def come(self, staff: str, name: str, languages: Iterable[str], themes: Iterable[str] = ()) -> None:
        """A counsellor is there. No theme means every theme; `name` is what visitors and colleagues see."""
        now = self._setting.now()
        row = PresenceRow(staff, name, sorted(languages), sorted(themes), True, now, now)
        with self._database.writing() as connection:
            presence_rows.put(connection, row)

    def seen(self, staff: str) -> None:
        """A sign of life: a page that is open, a word that is typed."""
        with self._database.writing() as connection:
            presence_rows.seen(connection, staff, self._setting.now())

    def leave(self, staff: str) -> None:
        """The counsellor takes nobody more; whom they have they keep."""
        with self._database.writing() as connection:
            row = presence_rows.find(connection, staff)
            if row:
                gone = PresenceRow(**{**row.__dict__, "is_present": False})
                presence_rows.put(connection, gone)

    def there(self) -> list[Counsellor]:
        """Who is there now."""
        with self._database.reading() as connection:
            return counsellors_there(connection, self._setting.now())
