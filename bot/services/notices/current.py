"""Keeps the notices in memory and reads the file again when it has changed. Used by the doors."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.foundation import clock
from bot.foundation.logging import log_problem
from bot.foundation.yaml_files import YamlFileError
from bot.services.notices.notices import Notice, read_notices

BRUSSELS = ZoneInfo("Europe/Brussels")

_LOOK_EVERY_SECONDS = 2.0


class CurrentNotices:
    """One per process. A file that breaks while we run leaves the last good notices in place and is logged."""

    def __init__(self, path: Path, now: Callable[[], datetime] = clock.now) -> None:
        self._path, self._now = path, now
        self._notices: tuple[Notice, ...] = ()
        self._seen: tuple[int, int] | None = None
        self._looked_at = float("-inf")

    def all(self) -> tuple[Notice, ...]:
        """The notices that hold today, in the order of the file."""
        self._look()
        today = self._today()
        return tuple(notice for notice in self._notices if notice.holds(today))

    def about(self, topic: str | None) -> tuple[Notice, ...]:
        """Those of today that bear on a topic."""
        return tuple(notice for notice in self.all() if notice.bears_on(topic))

    def _today(self) -> date:
        return self._now().astimezone(BRUSSELS).date()

    def _look(self) -> None:
        if time.monotonic() - self._looked_at < _LOOK_EVERY_SECONDS:
            return
        self._looked_at = time.monotonic()
        seen = self._stamp()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._notices = read_notices(self._path)
        except YamlFileError as error:
            log_problem("notices_unreadable", cause=str(error))

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
