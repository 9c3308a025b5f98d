"""Which of our languages a message is written in, and how a conversation's language is weighed against it.

Evidence is the sum of two readings: `lingua` (general language models; of letter triples only, which load in
0.03 s instead of 0.7 and, beside our own model, are as good) and a small character n-gram
model trained on the phrases (how our visitors write on a phone, without accents). A known language of
the conversation counts as evidence too, less so the more words a message has.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.foundation.languages import LANGUAGES
from bot.understanding.message_text import words

#: Buckets of the hashed n-grams.
BUCKETS = 1 << 15
_MAX_N = 4
_READ_CHARACTERS = 300
#: Words of Brussels that belong to no language: names of bodies, and what everybody borrows. They are no
#: evidence, so that "Bruxelles Formation" or "ah ok merci" does not change the language of a conversation.
_SHARED = re.compile(
    r"\b(?:bruxelles formation|cit[eé] des m[eé]tiers|beroepenpunt|actiris|vdab|forem|stib|mivb|onem|rva"
    r"|cpas|ocmw|selor|ok|oke|okay|ah|oh|merci|tof|super|cool|sorry|hallo|job|jobs|cv|gsm|info|mail|stage|student"
    r"|website|online|email)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LanguageSettings:
    """Weights and thresholds; where they come from stands in docs/understanding.md.

    `prior_*` are log-odds given to the conversation's language by number of words in the message;
    `needed_*` the probability that the best language must reach to count as evidence.
    """

    lingua_weight: float = 0.25
    prior_one_word: float = 6.0
    prior_two_words: float = 4.0
    prior_more_words: float = 2.0
    needed_short: float = 0.75
    needed_long: float = 0.5


def ngram_buckets(text: str) -> np.ndarray:
    """The hashed character n-grams (1 to 4, within words) and whole words of a message, with repeats."""
    grams: list[int] = []
    for word in words(text[:_READ_CHARACTERS]):
        padded = f"<{word}>"
        grams.append(_bucket("=" + word))
        for n in range(1, _MAX_N + 1):
            grams.extend(_bucket(padded[i : i + n]) for i in range(len(padded) - n + 1))
    return np.asarray(grams, dtype=np.int64)


def _bucket(gram: str) -> int:
    return zlib.crc32(gram.encode("utf-8", "replace")) % BUCKETS


class LanguageIdentifier:
    """Reads the language of cleaned messages. `weights` has shape (BUCKETS + 1, 3); the last row is the bias."""

    def __init__(self, weights: np.ndarray, settings: LanguageSettings | None = None) -> None:
        self._weights = weights
        self._settings = settings or LanguageSettings()
        self._lingua: Any = None

    def scores(self, text: str) -> np.ndarray | None:
        """Log-probabilities over `LANGUAGES` from the words alone, or None when there are no words."""
        grams = ngram_buckets(text)
        if not len(grams):
            return None
        learned = self._weights[grams].sum(axis=0) / np.sqrt(len(grams)) + self._weights[-1]
        return _log_softmax(learned + self._settings.lingua_weight * self._lingua_scores(text))

    def identify(self, text: str, prior: str | None) -> str | None:
        """The language of a message in a conversation whose language so far is `prior` (None: nothing known)."""
        own = _SHARED.sub(" ", text)
        if prior is not None and not words(own):
            return prior
        scores = self.scores(own if words(own) else text)
        if scores is None:
            return prior
        settings, count = self._settings, len(words(text))
        if prior is not None:
            scores[LANGUAGES.index(prior)] += self._prior_log_odds(count)
        probabilities = np.exp(_log_softmax(scores))
        best = int(probabilities.argmax())
        needed = settings.needed_short if count < 3 else settings.needed_long
        return LANGUAGES[best] if probabilities[best] >= needed else prior

    def _prior_log_odds(self, count: int) -> float:
        settings = self._settings
        if count <= 1:
            return settings.prior_one_word
        return settings.prior_two_words if count == 2 else settings.prior_more_words

    def _lingua_scores(self, text: str) -> np.ndarray:
        if self._lingua is None:
            self._lingua = _build_lingua()
        found = {
            value.language.iso_code_639_1.name.lower(): value.value
            for value in self._lingua.compute_language_confidence_values(text[:_READ_CHARACTERS])
        }
        return np.log(np.array([found[language] for language in LANGUAGES]) + 1e-3)


def _build_lingua() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    languages = [Language.FRENCH, Language.DUTCH, Language.ENGLISH]
    builder = LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode()
    return builder.with_preloaded_language_models().build()


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float64)
