"""Two phrases that say the same teach once, and a message that was taught measures nothing.

Similarity is the cosine of the fast sentence encoder's vectors, from -1 to 1. Texts that differ only in
case, accents and punctuation always count as the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.services.content.checks.fast_vectors import FastEncoder, Vectors, fast_vectors
from bot.services.content.checks.folding import folded
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.content.phrases import Phrase

#: Two phrases of one topic may be as alike as this, in whatever languages they are.
MOST_ALIKE_IN_TOPIC = 0.95
#: An evaluation message may be as like any phrase as this.
MOST_ALIKE_TO_EVALUATION = 0.90

#: So many messages are compared with all phrases at a time: bounds the memory to some 40 MB.
_ROWS = 512


@dataclass(frozen=True)
class _Encoded:
    """Phrases with their vectors and, for each, a number that is equal where the texts count as the same."""

    phrases: Sequence[Phrase]
    vectors: Vectors
    numbers: NDArray[np.int64]

    def part(self, positions: Any) -> _Encoded:
        """The phrases at some positions (array of indices)."""
        return _Encoded([self.phrases[p] for p in positions], self.vectors[positions], self.numbers[positions])


def check_similar_phrases(material: Material, encoder: FastEncoder, cache: Path | None = None) -> list[Problem]:
    """Pairs that are too alike, each once. `cache` is a file that keeps vectors between two checks."""
    phrases = (*material.phrases, *material.evaluation)
    texts = [phrase.text for phrase in phrases]
    everything = _Encoded(phrases, fast_vectors(texts, encoder, cache), _numbers(texts))
    taught = everything.part(np.arange(len(material.phrases)))
    evaluated = everything.part(np.arange(len(material.phrases), len(phrases)))
    return [*_within_topics(material, taught), *_in_evaluation(material, evaluated, taught)]


def _numbers(texts: Sequence[str]) -> NDArray[np.int64]:
    known: dict[str, int] = {}
    return np.array([known.setdefault(folded(text), len(known)) for text in texts], dtype=np.int64)


def _within_topics(material: Material, taught: _Encoded) -> Iterator[Problem]:
    topics: dict[str, list[int]] = {}
    for position, phrase in enumerate(taught.phrases):
        topics.setdefault(phrase.intent, []).append(position)
    for positions in topics.values():
        topic = taught.part(np.array(positions))
        for first, second, how in _pairs(topic, topic, MOST_ALIKE_IN_TOPIC):
            one, other = topic.phrases[first], topic.phrases[second]
            # The same text in one language is reported as a phrase that stands twice.
            is_repeated = topic.numbers[first] == topic.numbers[second] and one.language == other.language
            if first < second and not is_repeated:
                yield _problem(material, one, f"{how} “{other.text}” of the same topic", other)


def _in_evaluation(material: Material, evaluated: _Encoded, taught: _Encoded) -> Iterator[Problem]:
    for message, phrase, how in _pairs(evaluated, taught, MOST_ALIKE_TO_EVALUATION):
        other = taught.phrases[phrase]
        text = f"{how} “{other.text}” of the training"
        yield _problem(material, evaluated.phrases[message], text, other)


def _pairs(some: _Encoded, others: _Encoded, most_alike: float) -> Iterator[tuple[int, int, str]]:
    """Positions of each pair that is too alike, and how alike in words."""
    for start in range(0, len(some.phrases), _ROWS):
        alike = some.vectors[start : start + _ROWS] @ others.vectors.T
        equal = some.numbers[start : start + _ROWS, None] == others.numbers[None, :]
        for row, column in np.argwhere((alike > most_alike) | equal):
            how = "is the same as" if equal[row, column] else f"is too like ({alike[row, column]:.3f})"
            yield start + int(row), int(column), how


def _problem(material: Material, phrase: Phrase, text: str, other: Phrase) -> Problem:
    text = f"“{phrase.text}” {text} ({material.place(other)})"
    return material.problem(phrase.path, phrase.line, text)
