"""Finds the titles that hold the words asked for, also misspelt, without accents, or inside a compound.

A word that stands in a title as it was written is taken as such; only when none does, similar words are looked for.
So "cv" finds no "cvo", and "solicitation" finds "sollicitation".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.services.content.checks.folding import folded

#: Shorter words are only found whole: too many longer ones begin with them.
_SHORTEST_BEGINNING = 4
#: Shorter words are not looked for inside compounds ("sollicitatiegesprek").
_SHORTEST_INSIDE = 5
#: Slips that are forgiven, by the length of the word from which on: measured on slips of one and two letters.
_FORGIVEN = ((8, 2), (4, 1), (0, 0))
#: Words whose places are remembered until the agenda changes.
_KEPT_WORDS = 2000
#: Joining words say nothing about a title; one of our three languages each.
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "d",
        "dans",
        "de",
        "des",
        "die",
        "du",
        "een",
        "en",
        "et",
        "for",
        "het",
        "ik",
        "in",
        "je",
        "l",
        "la",
        "le",
        "les",
        "me",
        "met",
        "mon",
        "my",
        "naar",
        "of",
        "om",
        "on",
        "op",
        "ou",
        "over",
        "par",
        "pour",
        "s",
        "sur",
        "te",
        "the",
        "to",
        "tot",
        "un",
        "une",
        "van",
        "voor",
        "with",
    ]
)


class TitleWords:
    """The words of a list of titles. Numbers of titles are their places in that list."""

    def __init__(self, titles: Sequence[str]) -> None:
        """`titles` are folded; one entry may hold the title in several languages."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, title in enumerate(titles):
            for word in set(title.split()):
                numbers[word].append(number)
        self._count = len(titles)
        self.words: tuple[str, ...] = tuple(sorted(numbers))
        self._numbers = [np.asarray(numbers[word], dtype=np.int64) for word in self.words]
        self._places_of = lru_cache(_KEPT_WORDS)(self._places)
        # One text in which a search runs at the speed of C; each word between two marks.
        self._joined = "\n" + "\n".join(self.words) + "\n"

    def having(self, text: str) -> NDArray[np.bool_]:
        """For each title whether it has every word of the text. A text without a word of weight: all."""
        found = np.ones(self._count, dtype=bool)
        for word in _words_of_weight(text):
            with_word = np.zeros(self._count, dtype=bool)
            for place in self._places_of(word):
                with_word[self._numbers[place]] = True
            found &= with_word
        return found

    def _places(self, word: str) -> list[int]:
        return sorted(self._beginning(word) | self._inside(word)) or self._similar(word)

    def _beginning(self, word: str) -> set[int]:
        at = bisect_left(self.words, word)
        places = set()
        while at < len(self.words) and self.words[at].startswith(word):
            if len(word) < _SHORTEST_BEGINNING and self.words[at] != word:
                break  # the word itself would have come first
            places.add(at)
            at += 1
        return places

    def _inside(self, word: str) -> set[int]:
        places: set[int] = set()
        if len(word) < _SHORTEST_INSIDE:
            return places
        at = self._joined.find(word)
        while at >= 0:
            end = self._joined.index("\n", at)
            places.add(bisect_left(self.words, self._joined[self._joined.rindex("\n", 0, at) + 1 : end]))
            at = self._joined.find(word, end)
        return places

    def _similar(self, word: str) -> list[int]:
        forgiven = next(slips for length, slips in _FORGIVEN if len(word) >= length)
        if not forgiven:
            return []
        near = [place for place, other in enumerate(self.words) if abs(len(other) - len(word)) <= forgiven]
        others = [self.words[place] for place in near]
        found = process.extract(word, others, scorer=OSA.distance, score_cutoff=forgiven, limit=None)
        return [near[place] for _, _, place in found if has_weight(others[place])]


def folded_words(texts: Iterable[str]) -> str:
    """The words of several texts as one folded line."""
    return " ".join(_folded_word(word) for text in texts for word in text.split())


@lru_cache(20_000)
def _folded_word(word: str) -> str:
    return folded(word)  # titles repeat their words; each is folded once


def has_weight(word: str) -> bool:
    """Whether a word tells something about a title: no joining word, no number."""
    return word not in _SMALL_WORDS and not word.isdigit()


def _words_of_weight(text: str) -> list[str]:
    words = folded(text).split()
    return [word for word in words if word not in _SMALL_WORDS] or words
