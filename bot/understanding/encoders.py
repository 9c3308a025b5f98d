"""Sentence encoders that ship inside their packages: nothing is downloaded, no text leaves the house.

The fast one is the multilingual Universal Sentence Encoder (about 1 ms a message), the deep one multilingual-e5-small
(about 4 ms a message more), both in 8 bits.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.foundation.settings import read_settings

FAST_DIMENSIONS = 512
DEEP_DIMENSIONS = 384

#: The deep encoder's cost grows with length: of a longer message it reads the beginning and the end.
DEEP_HEAD_CHARACTERS = 160
DEEP_TAIL_CHARACTERS = 240
#: The same for the fast one, whose cost grows more slowly.
FAST_CHARACTERS = 600

_BATCH = 64
#: By then Rasa has read its domain; at the same time, in one interpreter, each would make the other wait.
_DEEP_LATER_SECONDS = 2.0


class SentenceEncoders:
    """Both encoders, loaded at first use (about half a second each), for any number of threads at once.

    `kept` is the folder for what is made once from their weights; None is the cache in the data folder.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._loading_fast, self._loading_deep = threading.Lock(), threading.Lock()
        self._kept = kept
        self._fast: Any = None
        self._deep: Any = None

    def load(self) -> None:
        """Load the fast one now, the deep one soon in the background: a message that asks it before that waits."""
        self.fast(["a"])
        later = threading.Timer(_DEEP_LATER_SECONDS, self.deep, (["a"],))
        later.daemon = True
        later.start()

    def fast(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), 512), float32."""
        with self._loading_fast:
            if self._fast is None:
                from bot.understanding.fast_encoder import FastEncoder

                self._fast = FastEncoder(self._folder())
        return _in_batches(self._fast.encode, [_for_fast(text) for text in texts], FAST_DIMENSIONS)

    def deep(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), 384), float32."""
        with self._loading_deep:
            if self._deep is None:
                from bot.understanding.deep_encoder import DeepEncoder

                self._deep = DeepEncoder(self._folder())
        return _in_batches(self._deep.encode, [_for_deep(text) for text in texts], DEEP_DIMENSIONS)

    def _folder(self) -> Path:
        return self._kept or read_settings().data_folder / "cache"


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
