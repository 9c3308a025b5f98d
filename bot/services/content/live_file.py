"""A file that counts without a release: read again within seconds of a change. For notices and starters."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from bot.foundation.logging import log_problem
from bot.foundation.yaml_files import YamlFileError

T = TypeVar("T")

_LOOK_EVERY_SECONDS = 2.0


class LiveFile(Generic[T]):
    """One per process and file. A file that breaks while we run leaves the last good content, and is logged."""

    def __init__(self, path: Path, read: Callable[[Path], T], otherwise: T) -> None:
        self._path, self._read, self._content = path, read, otherwise
        self._seen: tuple[int, int] | None = None
        self._looked_at = float("-inf")

    def content(self) -> T:
        """What the file holds; `otherwise` as long as it was never readable."""
        if time.monotonic() - self._looked_at >= _LOOK_EVERY_SECONDS:
            self._looked_at = time.monotonic()
            self._look()
        return self._content

    def _look(self) -> None:
        seen = self._stamp()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._content = self._read(self._path)
        except YamlFileError as error:
            log_problem("file_unreadable", cause=str(error))

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
