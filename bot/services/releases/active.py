"""The content of the active release, read again when another release becomes active."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from bot.services.content.draft import read_draft
from bot.services.content.model import Content
from bot.services.releases.folder import ACTIVE, NoRelease, active_release, read_content

#: So often the pointer is looked at; a corrected answer is live this soon after it is published.
_LOOK_EVERY_SECONDS = 1.0


class ActiveContent:
    """Keeps the active content in memory. Without any release (a fresh checkout) it reads the draft."""

    def __init__(self, releases: Path, draft: Path) -> None:
        self._releases, self._draft = releases, draft
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._looked_at = float("-inf")
        self._content: Content | None = None
        self.release_id: str | None = None

    def current(self) -> Content:
        """The content to answer from now. A release that cannot be read leaves the last good one in place."""
        with self._lock:
            if self._content is None or time.monotonic() - self._looked_at > _LOOK_EVERY_SECONDS:
                self._looked_at = time.monotonic()
                self._look()
            assert self._content is not None
            return self._content

    def _look(self) -> None:
        seen = self._pointer()
        if self._content is not None and seen == self._seen:
            return
        try:
            folder = active_release(self._releases)
            self._content, self.release_id = read_content(folder), folder.name
        except NoRelease:
            if self._content is None:
                self._content = read_draft(self._draft)
        except (OSError, ValueError, KeyError, TypeError):
            if self._content is None:
                raise
        self._seen = seen

    def _pointer(self) -> tuple[int, int] | None:
        try:
            stat = (self._releases / ACTIVE).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino
