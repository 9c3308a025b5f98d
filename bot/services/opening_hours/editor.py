"""Reads and writes the opening hours of `data/centre.yml` for the desk. Every change is recorded.

Whoever writes says what they had read: a file that changed meanwhile is left as it is.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.foundation import clock
from bot.foundation.yaml_files import YamlFileError, read_mapping
from bot.services.opening_hours.hours_file import schedule_in
from bot.services.opening_hours.hours_text import normal, opening_words, with_hours
from bot.services.opening_hours.schedule import WEEKDAYS, Schedule
from bot.services.staff.audit import HOURS, note_change
from bot.store.database import Database

_TRIES = 20


class ChangedMeanwhile(RuntimeError):
    """The file is not what was read any more; nothing was written."""


class NotWritable(RuntimeError):
    """The machine does not let the file be replaced; nothing was written. The text is the machine's own word."""


@dataclass(frozen=True)
class Current:
    """The hours of the file, and a stamp of all its bytes."""

    schedule: Schedule
    stamp: str


class HoursEditor:
    """One per process."""

    def __init__(self, database: Database, path: Path, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._path, self._now = database, path, now

    @property
    def file_name(self) -> str:
        """How the file is called in words for people."""
        return f"{self._path.parent.name}/{self._path.name}"

    def read(self) -> Current:
        """What holds now. Raises YamlFileError."""
        with _locked(self._path) as raw:
            return Current(self._schedule(), _stamp(raw))

    def write(self, schedule: Schedule, stamp: str, by: str) -> bool:
        """Put the hours into the file; False when it says the same already.

        Raises ChangedMeanwhile, NotWritable, UnknownForm, YamlFileError, DatabaseError; then nothing was changed.
        """
        with _locked(self._path) as raw:
            if _stamp(raw) != stamp:
                raise ChangedMeanwhile("the file changed meanwhile")
            text = raw.decode("utf-8")
            before, changed = self._schedule(), with_hours(text, schedule, self._path)
            if changed == text:
                return False
            detail = {"before": as_words(before), "after": as_words(schedule)}
            # The record goes with the file or not at all; the file comes last, since it cannot be taken back.
            with self._database.writing() as connection:
                note_change(connection, by, HOURS, self._now(), detail=detail)
                _replace(self._path.resolve(), changed.encode("utf-8"))
        return True

    def _schedule(self) -> Schedule:
        return schedule_in(read_mapping(self._path), self._path)


def as_words(schedule: Schedule) -> dict[str, Any]:
    """A schedule as the record keeps it."""
    schedule = normal(schedule)
    return {
        "week": {WEEKDAYS[day]: opening_words(found) for day, found in sorted(schedule.week.items())},
        "late": {WEEKDAYS[day]: f"{at:%H:%M}" for day, at in sorted(schedule.late.items())},
        "exceptions": {day.isoformat(): opening_words(found) for day, found in sorted(schedule.exceptions.items())},
    }


def _stamp(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@contextmanager
def _locked(path: Path) -> Iterator[bytes]:
    """The file's bytes; no other process that asks so writes it meanwhile. Raises YamlFileError."""
    for _ in range(_TRIES):
        try:
            file = path.open("rb")
        except OSError as error:
            raise YamlFileError(path, None, f"cannot be read ({error.strerror})") from None
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # Whoever had it before has perhaps put another file in its place.
            if os.fstat(file.fileno()).st_ino == path.stat().st_ino:
                yield file.read()
                return
    raise YamlFileError(path, None, "is being written all the time")


def _replace(path: Path, content: bytes) -> None:
    """Write beside it and change places: a reader sees the old file or the new one. Raises NotWritable."""
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        if beside:
            with suppress(OSError):
                beside.unlink()
        raise NotWritable(error.strerror or type(error).__name__) from error
