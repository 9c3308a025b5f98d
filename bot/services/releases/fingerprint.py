"""Fingerprints of the draft: what a model was trained from, and what the content was read from."""

from __future__ import annotations

import hashlib
from pathlib import Path

#: What a model depends on, besides the code of the understanding.
_TRAINED_FROM = (
    "config.yml",
    "domain.yml",
    "uv.lock",
    "data/nlu",
    "data/stories",
    "bot/understanding",
    "bot/engine/names_importer.py",
)
_CONTENT_FROM = ("data/responses", "data/topics", "data/texts", "data/centre.yml")


def training_fingerprint(project: Path) -> str:
    """Changes when training again could give another model. Names of answers count, their words do not."""
    names = "\n".join(sorted(_answer_names(project / "data/responses")))
    return _fingerprint(project, _TRAINED_FROM, names)


def content_fingerprint(project: Path) -> str:
    """Changes when the bot would say something else."""
    return _fingerprint(project, _CONTENT_FROM)


def _answer_names(folder: Path) -> list[str]:
    return [
        line.strip()
        for path in folder.glob("*.yml")
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.startswith("  utter_")
    ]


def _fingerprint(project: Path, places: tuple[str, ...], extra: str = "") -> str:
    digest = hashlib.sha256(extra.encode())
    for place in places:
        root = project / place
        files = sorted(root.rglob("*")) if root.is_dir() else [root]
        for path in files:
            if path.is_file() and path.suffix in {".yml", ".py", ".lock"}:
                digest.update(str(path.relative_to(project)).encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
