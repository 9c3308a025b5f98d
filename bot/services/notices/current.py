"""Which notices hold at this moment. Used by the doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.foundation import clock
from bot.services.content.live_file import LiveFile
from bot.services.notices.notices import Notice, read_notices

BRUSSELS = ZoneInfo("Europe/Brussels")


class CurrentNotices:
    """One per process. A change of the file counts within seconds."""

    def __init__(self, path: Path, now: Callable[[], datetime] = clock.now) -> None:
        self._file: LiveFile[tuple[Notice, ...]] = LiveFile(path, read_notices, ())
        self._now = now

    def all(self) -> tuple[Notice, ...]:
        """The notices that hold today, in the order of the file."""
        today = self._today()
        return tuple(notice for notice in self._file.content() if notice.holds(today))

    def about(self, topic: str | None) -> tuple[Notice, ...]:
        """Those of today that bear on a topic."""
        return tuple(notice for notice in self.all() if notice.bears_on(topic))

    def _today(self) -> date:
        return self._now().astimezone(BRUSSELS).date()
