"""Reads from a request the words that the title of an activity should have."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.request.sightings import Sighting, Sightings
from bot.services.agenda.request.tokens import Token
from bot.services.agenda.request.words import FACETS, WHEN, word_table

# Slips that are forgiven in a word of this length or more.
_FORGIVEN = ((9, 2), (5, 1))
_SHORTEST_PART = 5
_SHORTEST, _MOST_WORDS = 2, 4
# "Lettre de motivation": the small word is in no list of words of titles.
_LONGEST_SMALL_WORD = 3


class Vocabulary:
    """The folded words of the titles that are upcoming."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._known = frozenset(words)

    def has(self, word: str) -> bool:
        """Whether a title has the whole word."""
        return word in self._known

    def closest(self, word: str) -> str | None:
        """The word itself if a title has it, whole or within a compound, else a word that is written almost so."""
        if word in self._known:
            return word
        if len(word) >= _SHORTEST_PART and any(word in known for known in self._words):
            return word
        for length, slips in _FORGIVEN:
            if len(word) >= length:
                alike = [
                    known for known in self._words if known[:1] == word[:1] and abs(len(known) - len(word)) <= slips
                ]
                found = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=slips)
                return found[0] if found else None
        return None


@lru_cache(4)
def _vocabulary(words: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(words)


def read_title_words(
    tokens: tuple[Token, ...], used: set[int], seen: Sightings, language: str, words: Iterable[str]
) -> str | None:
    """Folded words, in the order of the request, with a space between. None: no title is asked for."""
    vocabulary = _vocabulary(tuple(words))
    found: dict[int, str] = {}
    taken = set(used)
    for topic in seen.every("topic"):
        if taken.isdisjoint(topic.places):
            found[topic.first] = _word_of_topic(topic, tokens, language, vocabulary)
            taken.update(topic.places)
    stop = {place for kind in ("stop", "activity", "about", "topic_of", "weak_theme") for place in seen.places(kind)}
    unknown: dict[int, str] = {}
    for place, token in enumerate(tokens):
        if place in taken | stop or not token.text.isalpha() or len(token.text) < _SHORTEST:
            continue
        if (token.text,) in word_table(language, WHEN).values:
            continue  # "pendant" is no "indépendant"
        closest = vocabulary.closest(token.text) if len(token.text) > 2 else None
        if closest:
            found[place] = closest
        elif _is_asked_for(place, seen):
            unknown[place] = token.text
    chosen = found or unknown
    kept = [chosen[place] for place in sorted(chosen)]
    return " ".join(list(dict.fromkeys(" ".join(kept).split()))[:_MOST_WORDS]) or None


def _word_of_topic(topic: Sighting, tokens: tuple[Token, ...], language: str, vocabulary: Vocabulary) -> str:
    """The words as written if titles have them, else how titles of any language call the same."""
    written = tuple(tokens[place].text for place in topic.places)
    others = [phrase for code in (language, *LANGUAGES) for phrase in _phrases_of(code, topic.value)]
    # "Leerkracht" is in "leerkrachten", but "leraar" is a whole word of a title.
    for is_known in (vocabulary.has, lambda word: vocabulary.closest(word) == word):
        for phrase in (written, *others):
            words = [word for word in phrase if len(word) > _LONGEST_SMALL_WORD or vocabulary.has(word)]
            if words and all(is_known(word) for word in words):
                return " ".join(words)
    return " ".join(written)


@cache
def _phrases_of(language: str, topic: str) -> tuple[tuple[str, ...], ...]:
    values = word_table(language, FACETS).values
    return tuple(sorted((words for words, readings in values.items() if ("topic", topic) in readings), key=len))


def _is_asked_for(place: int, seen: Sightings) -> bool:
    """Whether a word that no title has stands where a topic stands: "pottery workshop", "atelier sur la poterie"."""
    if seen.starts_at("activity", place + 1, "en") or seen.starts_at("activity", place + 1, "nl"):
        return True
    if seen.ends_at("activity", place):
        return True
    joined = seen.ends_at("topic_of", place)
    if joined and seen.ends_at("activity", joined.first):
        return True
    return any(seen.ends_at("about", place - gap) for gap in range(3))
