"""Slips that phrases are learned with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.typing_noise import with_slips

PHRASES = [
    "bonjour je cherche une formation de cuisinier à Bruxelles",
    "waar kan ik mij inschrijven bij Actiris",
    "how do i register with the employment office",
]


def test_the_same_phrase_gets_the_same_slips() -> None:
    assert [with_slips(phrase) for phrase in PHRASES] == [with_slips(phrase) for phrase in PHRASES]


def test_most_of_a_phrase_stays() -> None:
    for phrase in PHRASES:
        written = with_slips(phrase)

        assert abs(len(written) - len(phrase)) <= len(phrase) / 5
        assert written[0] == phrase[0]


def test_some_phrases_change() -> None:
    assert any(with_slips(phrase) != phrase for phrase in PHRASES)


@given(st.text(max_size=80))
def test_any_text_can_get_slips(text: str) -> None:
    assert len(with_slips(text)) <= 2 * len(text) + 1
