"""Finds topics by words of their titles and answers, without what was learned. Pure.

Accents, capitals and endings do not count; a word inside a compound and a slip of the thumb are found. Rare words
weigh more than frequent ones, the title more than the answer, the person's language more than the other two.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.title_words import has_weight
from bot.services.content.model import Content

#: What a word weighs by where it stands.
_TITLE, _OTHER_TITLE, _THEME, _ANSWER = 3.0, 1.5, 1.0, 1.2
#: How much of that counts: the word itself, another ending, inside a compound, with a slip.
_SAME, _ENDING, _INSIDE, _SLIP = 1.0, 0.8, 0.6, 0.5
_USUAL_TITLE = 3
_SHORTEST_BEGINNING, _SHORTEST_INSIDE, _SHORTEST_SLIP, _LONGEST_PART = 3, 4, 5, 24
#: Words of the question that come no nearer say nothing; a topic needs this share of the best one's score.
_SHARE_OF_BEST = 0.3
#: A word that stands in more of the topics than this share tells nothing apart.
_FREQUENT = 0.4
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"\]\([^)]*\)|\{[^}]*\}|https?://\S+")


@dataclass(frozen=True)
class Found:
    """A topic and how well it fits, more is better; scores of different questions do not compare."""

    topic: str
    score: float


class TopicSearch:
    """The words of all topics of one content, for one language of the person."""

    def __init__(self, content: Content, language: str) -> None:
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        topics = [topic for topic in content.cards if topic in content.answers]
        for topic in topics:
            for word, weight in _words_of(topic, content, language):
                self._weights[word][topic] = max(weight, self._weights[word].get(topic, 0.0))
        self._count = max(1, len(topics))
        self._words = sorted(word for word in self._weights if len(self._weights[word]) <= _FREQUENT * self._count)
        self._joined = "\n" + "\n".join(self._words) + "\n"  # in which a search runs at the speed of C
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_stem[_stem(word)].append(word)
        self._scores_of = lru_cache(4096)(self._score)

    def find(self, text: str, most: int) -> list[Found]:
        """The topics that fit the words best, the best first; none without a word that tells something."""
        scores: dict[str, float] = defaultdict(float)
        for word in dict.fromkeys(words_of(text)):
            for topic, score in self._scores_of(word).items():
                scores[topic] += score
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        least = ranked[0][1] * _SHARE_OF_BEST if ranked else 0.0
        return [Found(topic, round(score, 3)) for topic, score in ranked[:most] if score >= least]

    def _score(self, word: str) -> dict[str, float]:
        """What each topic gets for a word of the question: its best word that is near."""
        found: dict[str, float] = {}
        for known, nearness in self._near(word).items():
            weights = self._weights[known]
            rarity = math.log(1 + self._count / len(weights))
            for topic, weight in weights.items():
                found[topic] = max(found.get(topic, 0.0), nearness * weight * rarity)
        return found

    def _near(self, word: str) -> dict[str, float]:
        """Known words and how near they are; only where none is, slips are looked for."""
        near = dict.fromkeys(self._inside(word), _INSIDE)
        near |= dict.fromkeys(self._by_stem.get(_stem(word), ()) if len(word) >= _SHORTEST_SLIP else (), _ENDING)
        near |= dict.fromkeys(self._beginning(word), _ENDING)
        if word in self._weights and len(self._weights[word]) > _FREQUENT * self._count:
            return {}
        if word in self._weights:
            near[word] = _SAME
        if not near and len(word) >= _SHORTEST_SLIP:
            slips = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=1, limit=None)
            near = {known: _SLIP for known, _, _ in slips if len(known) >= _SHORTEST_SLIP}
        return near

    def _beginning(self, word: str) -> Iterator[str]:
        if len(word) < _SHORTEST_BEGINNING:
            return
        for place in range(bisect_left(self._words, word), len(self._words)):
            if not self._words[place].startswith(word):
                return
            yield self._words[place]

    def _inside(self, word: str) -> Iterator[str]:
        """Compounds that hold the word, and known words that the word holds."""
        if len(word) < _SHORTEST_INSIDE:
            return
        at = self._joined.find(word)
        while at >= 0:
            end = self._joined.index("\n", at)
            yield self._joined[self._joined.rindex("\n", 0, at) + 1 : end]
            at = self._joined.find(word, end)
        for start in range(len(word) - _SHORTEST_INSIDE + 1):
            for end in range(start + _SHORTEST_INSIDE, min(len(word), start + _LONGEST_PART) + 1):
                part = word[start:end]
                if part in self._weights and len(self._weights[part]) <= _FREQUENT * self._count:
                    yield part


def words_of(text: str) -> list[str]:
    """The words of a text that tell something, in small letters without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return [word for word in _WORD.findall(bare) if len(word) > 1 and has_weight(word)]


def _words_of(topic: str, content: Content, language: str) -> Iterator[tuple[str, float]]:
    card, theme = content.cards[topic], content.themes.get(topic.partition("/")[0])
    for spoken in LANGUAGES:
        weight, words = _TITLE if spoken == language else _OTHER_TITLE, words_of(card.title[spoken])
        # A word says more in a short title.
        yield from ((word, weight * (_USUAL_TITLE / len(words)) ** 0.25) for word in words)
    if theme:
        yield from ((word, _THEME) for word in words_of(theme.title[language]))
    answer = _MARKUP.sub(" ", content.answers[topic][language])
    yield from ((word, _ANSWER) for word in words_of(answer))


def _stem(word: str) -> str:
    # Enough for plurals and verbs in all three languages: opleidingen, formations, learning.
    return word[: max(4, len(word) - 3)]
