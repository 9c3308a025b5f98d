"""Both encoders behind one door."""

from __future__ import annotations

from bot.understanding.encoders import SentenceEncoders


def test_a_text_without_letters_has_a_vector_too() -> None:
    encoders = SentenceEncoders()

    assert encoders.fast(["", "x" * 5_000]).shape == (2, 512)
    assert encoders.deep(["", "x" * 5_000]).shape == (2, 384)
