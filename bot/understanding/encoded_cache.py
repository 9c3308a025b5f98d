"""Keeps the vectors of phrases between trainings, so that only new phrases are encoded and publishing is quick.

One npz file: hashes of the texts and both vectors of each. A damaged or foreign file is thrown away.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bot.understanding.encoders import DEEP_DIMENSIONS, FAST_DIMENSIONS, SentenceEncoders

#: Changes when the same text would be encoded otherwise (other packages, other cutting).
_VERSION = "use3-0.2.1-int8+e5-0.3.0-int8+1"
_STEP = 256

#: Called with (done, total) while encoding.
Progress = Callable[[int, int], None]


class EncodedCache:
    """Encodes texts with both encoders, remembering what it has seen. `path` None keeps nothing."""

    def __init__(self, encoders: SentenceEncoders, path: Path | None = None) -> None:
        self._encoders, self._path = encoders, path
        self._rows: dict[str, np.ndarray] = _read(path) if path else {}

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Vectors of the fast and of the deep encoder: shapes (n, 512) and (n, 384)."""
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        names, new = list(missing), list(missing.values())
        parts = [new[start : start + _STEP] for start in range(0, len(new), _STEP)]
        done = 0
        # A network uses one core, and leaves the interpreter free meanwhile.
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for rows in pool.map(self._both, parts):
                self._rows.update(zip(names[done : done + len(rows)], rows, strict=True))
                done += len(rows)
                if progress:
                    progress(done, len(new))
        if new and self._path:
            _write(self._path, {key: self._rows[key] for key in dict.fromkeys(keys)})
        both = np.stack([self._rows[key] for key in keys])
        return both[:, :FAST_DIMENSIONS], both[:, FAST_DIMENSIONS:]

    def _both(self, texts: list[str]) -> np.ndarray:
        return np.concatenate([self._encoders.fast(texts), self._encoders.deep(texts)], axis=1)


def _key(text: str) -> str:
    return hashlib.blake2b(f"{_VERSION}\n{text}".encode("utf-8", "replace"), digest_size=16).hexdigest()


def _read(path: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys, rows = stored["keys"], stored["rows"]
    except (OSError, ValueError, KeyError, EOFError):
        return {}
    if rows.ndim != 2 or rows.shape != (len(keys), FAST_DIMENSIONS + DEEP_DIMENSIONS):
        return {}
    return dict(zip((str(key) for key in keys), rows.astype(np.float32), strict=True))


def _write(path: Path, rows: dict[str, np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.npz")
    np.savez(temporary, keys=np.array(list(rows)), rows=np.stack(list(rows.values())))
    temporary.replace(path)
