"""Takes a file into the agenda as a source of its own, or away again. For `faqbot agenda import`, `remove`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.services.agenda.horizon import horizon
from bot.services.agenda.sources.described import KIND_OF_ENDING, file_source, imported_name, imported_sources
from bot.services.agenda.sources.readers import read_material
from bot.services.agenda.sources.reading import Material, Reading, SourceBroken

Progress = Callable[[int, int], None]

_MOST_BYTES = 30_000_000


class FileRefused(ValueError):
    """A file cannot be taken into the agenda; the text says which and why. Nothing was changed."""


def check_file(path: Path, now: datetime, progress: Progress = lambda done, total: None) -> Reading:
    """What a file holds, without taking it; `progress` is told entries done and all. Raises FileRefused."""
    if path.suffix.lower() not in KIND_OF_ENDING:
        raise FileRefused(f"{path}: the name should end in {', '.join(sorted(KIND_OF_ENDING))}")
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileRefused(f"{path}: larger than {_MOST_BYTES / 1e6:g} MB")
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read ({error.strerror})") from None
    try:
        return read_material(Material(file_source(path), content, *horizon(now), progress))
    except SourceBroken as error:
        raise FileRefused(str(error)) from None


def import_file(
    path: Path, folder: Path, now: datetime, progress: Progress = lambda done, total: None
) -> tuple[str, Reading]:
    """Check a file and copy it into the folder of imported ones; its source's name, and what it holds.

    A file of the same name is replaced. Raises FileRefused.
    """
    reading = check_file(path, now, progress)
    if not reading.activities:
        told = "".join(f"\n  {one}" for one in reading.rejected[:20])
        raise FileRefused(f"{path}: it holds no activity between {_days(now)}{told}")
    name = imported_name(path)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}{path.suffix.lower()}"
    for other in imported_sources(folder):
        if other.name == name and other.file and other.file != target:
            target = other.file  # "Agenda.csv" after "agenda.csv": the same source
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(path.read_bytes())
    Path(temporary).replace(target)
    return name, reading


def remove_import(name: str, folder: Path) -> None:
    """Take an imported source away. Raises FileRefused for another name."""
    sources = {source.name: source for source in imported_sources(folder)}
    if name not in sources:
        known = ", ".join(sources) or "none"
        raise FileRefused(f"{name} is no imported source; there are: {known}")
    file = sources[name].file
    assert file is not None
    file.unlink()


def _days(now: datetime) -> str:
    first, last = horizon(now)
    return f"{first:%d/%m/%Y} and {last:%d/%m/%Y}"
