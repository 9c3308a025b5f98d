"""Keeps the last good copy of each source on disk, with what its server needs to tell whether it has changed."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.services.agenda.sources.reading import Source


@dataclass(frozen=True)
class Copy:
    """What was last read without fault, and where. `etag` and `last_modified` are the server's words."""

    content: bytes
    place: str
    etag: str | None = None
    last_modified: str | None = None


class Copies:
    """A folder with two files for each source. A copy that is lost or damaged only costs a fetch."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, source: Source) -> Copy | None:
        """The copy of a source, if it was made from the same place."""
        content_file, record_file = self._files(source)
        try:
            record = json.loads(record_file.read_text(encoding="utf-8"))
            copy = Copy(content=content_file.read_bytes(), **record)
        except (OSError, ValueError, TypeError):
            return None
        return copy if copy.place == place_of(source) else None

    def write(self, source: Source, copy: Copy) -> None:
        """Keep a copy; the record goes last, so that it never speaks of another content."""
        content_file, record_file = self._files(source)
        record = {key: value for key, value in asdict(copy).items() if key != "content"}
        record_file.unlink(missing_ok=True)
        _replace(content_file, copy.content)
        _replace(record_file, json.dumps(record).encode())

    def forget(self, name: str) -> None:
        """The source is gone."""
        for file in self._files_of(name):
            file.unlink(missing_ok=True)

    def _files(self, source: Source) -> tuple[Path, Path]:
        return self._files_of(source.name)

    def _files_of(self, name: str) -> tuple[Path, Path]:
        return self._folder / f"{name}.copy", self._folder / f"{name}.record"


def place_of(source: Source) -> str:
    """Where a source is read from."""
    return source.address or str(source.file)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)
