"""Evidence from the letters of a message: names of schemes, bodies and slips that sentence encoders blur.

Character n-grams within words, whole words and pairs of words are hashed into buckets, weighted by
rarity, and read by a linear classifier (trained as a support vector machine, kept as arrays).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bot.understanding.message_text import without_accents

BUCKETS = 1 << 15
_MIN_N, _MAX_N = 2, 5
_READ_CHARACTERS = 400
#: Regularisation of the support vector machine and the factor that makes its margins log-odds.
SVM_C = 0.6
SHARPNESS = 5.0

_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class LexicalHead:
    """`weights` (BUCKETS, labels) float16, `bias` (labels,) and `rarity` (BUCKETS,) float32."""

    weights: np.ndarray
    bias: np.ndarray
    rarity: np.ndarray

    def log_probabilities(self, text: str) -> np.ndarray:
        """Log-probabilities over the labels, shape (labels,)."""
        buckets, values = lexical_features(text)
        values = _normalised(values * self.rarity[buckets])
        scores = values @ self.weights[buckets].astype(np.float32) + self.bias
        scores = scores * SHARPNESS
        shifted = scores - scores.max()
        return np.asarray(shifted - np.log(np.exp(shifted).sum()))


def lexical_features(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Distinct buckets of a message and how often each occurs, on a logarithmic scale."""
    grams = [zlib.crc32(gram.encode()) % BUCKETS for gram in _grams(_folded(text[:_READ_CHARACTERS]))]
    buckets, counts = np.unique(np.asarray(grams, dtype=np.int64), return_counts=True)
    return buckets, np.log1p(counts).astype(np.float32)


def train_lexical_head(texts: Sequence[str], labels: np.ndarray) -> LexicalHead:
    """Fit the head on cleaned texts and label indices. Deterministic."""
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    rows = [lexical_features(text) for text in texts]
    spread = np.bincount(np.concatenate([buckets for buckets, _ in rows]), minlength=BUCKETS)
    rarity = np.log(len(texts) / (spread + 1.0)).clip(min=0.0).astype(np.float32)
    pointers = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    values = np.concatenate([_normalised(values * rarity[buckets]) for buckets, values in rows])
    indices = np.concatenate([buckets for buckets, _ in rows])
    matrix = csr_matrix((values, indices, pointers), shape=(len(texts), BUCKETS))
    model = LinearSVC(C=SVM_C, random_state=0).fit(matrix, labels)
    return LexicalHead(
        weights=model.coef_.T.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        rarity=rarity,
    )


def _folded(text: str) -> str:
    return without_accents(text.casefold())


def _grams(text: str) -> Iterator[str]:
    tokens = _TOKEN.findall(text)
    for token in tokens:
        yield f"={token}"
        padded = f" {token} "
        for n in range(_MIN_N, _MAX_N + 1):
            for start in range(len(padded) - n + 1):
                yield padded[start : start + n]
    for first, second in pairwise(tokens):
        yield f"{first}_{second}"


def _normalised(values: np.ndarray) -> np.ndarray:
    length = float(np.linalg.norm(values))
    return values / length if length else values
