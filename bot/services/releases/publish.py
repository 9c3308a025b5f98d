"""Makes a release from the draft and activates it. A model that still fits is taken over, not trained again."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

from bot.foundation.clock import now, timestamp_id
from bot.services.content.draft import read_draft
from bot.services.releases.fingerprint import content_fingerprint, training_fingerprint
from bot.services.releases.folder import (
    MODEL,
    UNDERSTANDING,
    NoRelease,
    ReleaseRecord,
    activate,
    active_release,
    read_record,
    write_content,
    write_record,
)

#: Trains a model from the checkout into the given file.
Train = Callable[[Path], None]

_UNDERSTANDING_FILES = ("understanding.json", "understanding.npz")


class TrainingFailed(RuntimeError):
    """No model came out of the training; the release before stays active."""


def is_current(project: Path, releases: Path) -> bool:
    """Whether the active release was made from the present draft."""
    try:
        record = read_record(active_release(releases))
    except (NoRelease, OSError, ValueError, TypeError):
        return False
    return (record.trained_from, record.content_from) == (
        training_fingerprint(project),
        content_fingerprint(project),
    )


def publish(project: Path, releases: Path, train: Train, force: bool = False) -> Path:
    """Make a release from the draft and activate it; its folder. Does nothing when the active one fits.

    Raises YamlFileError when the draft cannot be read and TrainingFailed; then nothing changes.
    """
    if not force and is_current(project, releases):
        return active_release(releases)
    content = read_draft(project / "data")
    record = ReleaseRecord(
        id=timestamp_id(),
        created_at=now().isoformat(timespec="seconds"),
        trained_from=training_fingerprint(project),
        content_from=content_fingerprint(project),
    )
    folder = releases / record.id
    folder.mkdir(parents=True)
    try:
        if force or not _take_over_model(folder, releases, record.trained_from):
            train(folder / MODEL)
            _unpack_understanding(folder)
        write_content(folder, content)
        write_record(folder, record)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    activate(releases, record.id)
    return folder


def _take_over_model(folder: Path, releases: Path, trained_from: str) -> bool:
    try:
        before = active_release(releases)
        if read_record(before).trained_from != trained_from:
            return False
        shutil.copy2(before / MODEL, folder / MODEL)
        shutil.copytree(before / UNDERSTANDING, folder / UNDERSTANDING)
    except (NoRelease, OSError, ValueError, TypeError):
        return False
    return True


def _unpack_understanding(folder: Path) -> None:
    target = folder / UNDERSTANDING
    target.mkdir()
    if not (folder / MODEL).is_file():
        raise TrainingFailed("the training ended without a model")
    with tarfile.open(folder / MODEL) as archive:
        for member in archive.getmembers():
            name = Path(member.name).name
            if name in _UNDERSTANDING_FILES and member.isfile():
                source = archive.extractfile(member)
                if source is not None:
                    (target / name).write_bytes(source.read())
    if {path.name for path in target.iterdir()} != set(_UNDERSTANDING_FILES):
        raise TrainingFailed("the model holds no understanding")
