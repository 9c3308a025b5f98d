"""The folder of releases: one folder each, and a pointer file to the active one.

releases/
  active                  name of the active release
  20261123T194500.123Z/
    release.json          what it was made from, when, with which figures
    model.tar.gz          for Rasa
    understanding/        the same understanding without Rasa, for the quick verbs
    content.json          answers, cards and texts
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.services.content.model import Content

MODEL = "model.tar.gz"
UNDERSTANDING = "understanding"
CONTENT = "content.json"
RECORD = "release.json"
ACTIVE = "active"


@dataclass(frozen=True)
class ReleaseRecord:
    """What a release was made from. `trained_from` and `content_from` are fingerprints of the draft."""

    id: str
    created_at: str
    trained_from: str
    content_from: str
    figures: dict[str, Any] = field(default_factory=dict)


class NoRelease(RuntimeError):
    """There is no active release yet; `make train` makes one."""


def active_release(releases: Path) -> Path:
    """The folder of the active release. Raises NoRelease."""
    try:
        name = (releases / ACTIVE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    folder = releases / name
    if not name or not (folder / RECORD).is_file():
        raise NoRelease("no release yet: run `make train`")
    return folder


def activate(releases: Path, release_id: str) -> None:
    """Point to a release; readers see the old one or the new one, never half of one."""
    write_atomically(releases / ACTIVE, release_id + "\n")


def read_record(folder: Path) -> ReleaseRecord:
    """The record of a release."""
    return ReleaseRecord(**json.loads((folder / RECORD).read_text(encoding="utf-8")))


def write_record(folder: Path, record: ReleaseRecord) -> None:
    """Write the record of a release; done last, since a folder without it is no release."""
    write_atomically(folder / RECORD, json.dumps(asdict(record), indent=2) + "\n")


def read_content(folder: Path) -> Content:
    """The content of a release."""
    return Content.from_dict(json.loads((folder / CONTENT).read_text(encoding="utf-8")))


def write_content(folder: Path, content: Content) -> None:
    """Write the content of a release."""
    write_atomically(folder / CONTENT, json.dumps(content.as_dict(), ensure_ascii=False))


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader or a crash never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(temporary).replace(path)
