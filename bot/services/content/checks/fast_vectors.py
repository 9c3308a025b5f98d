"""Vectors of the fast sentence encoder for many texts, kept in one npz file between two checks."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.understanding.encoders import FAST_DIMENSIONS
from bot.understanding.message_text import clean

#: Unit vectors of texts, one a row: shape (texts, 512).
Vectors = NDArray[np.float32]

#: Changes when the same text would be encoded otherwise.
_VERSION = "use3-0.2.1-int8"


class FastEncoder(Protocol):
    """What the checks need of `SentenceEncoders`; a test passes a fake."""

    def fast(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one a text."""


def fast_vectors(texts: Sequence[str], encoder: FastEncoder, cache: Path | None = None) -> Vectors:
    """Unit vectors, one a text in the order given; only texts that the cache does not know are encoded."""
    cleaned = [clean(text) for text in texts]
    keys = [_key(text) for text in cleaned]
    rows = _read(cache) if cache else {}
    missing = {key: text for key, text in zip(keys, cleaned, strict=True) if key not in rows}
    if missing:
        rows.update(zip(missing, encoder.fast(list(missing.values())), strict=True))
        if cache:
            _write(cache, {key: rows[key] for key in dict.fromkeys(keys)})
    if not keys:
        return np.zeros((0, FAST_DIMENSIONS), dtype=np.float32)
    return np.stack([rows[key] for key in keys])


def _key(text: str) -> str:
    return hashlib.blake2b(f"{_VERSION}\n{text}".encode("utf-8", "replace"), digest_size=16).hexdigest()


def _read(path: Path) -> dict[str, Vectors]:
    """What the file holds; nothing when it is missing, damaged or foreign."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            keys, rows = stored["keys"], stored["rows"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    if rows.shape != (len(keys), FAST_DIMENSIONS):
        return {}
    return dict(zip((str(key) for key in keys), rows.astype(np.float32), strict=True))


def _write(path: Path, rows: dict[str, Vectors]) -> None:
    """Keep the rows; a folder that cannot be written costs the next check its time and nothing else."""
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(temporary, keys=np.array(list(rows)), rows=np.stack(list(rows.values())))
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
