"""Trains an understander from phrases: encode once, fit the heads and the language model. Deterministic."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.foundation.languages import LANGUAGES
from bot.foundation.names import CRISIS
from bot.understanding.crisis_gate import crisis_gate
from bot.understanding.encoded_cache import EncodedCache, Progress
from bot.understanding.encoders import SentenceEncoders
from bot.understanding.language import BUCKETS, ngram_buckets
from bot.understanding.lexical import train_lexical_head
from bot.understanding.linear import label_indices, train_head
from bot.understanding.message_text import clean, without_accents
from bot.understanding.typing_noise import with_slips
from bot.understanding.understander import Understander, UnderstanderSettings

#: Inverse regularisation of the heads and of the language model (docs/understanding.md, ablation).
FAST_C = 30.0
FULL_C = 30.0
LANGUAGE_C = 10.0


@dataclass(frozen=True)
class Example:
    """One phrase with its full intent name; `language` None when it is not known."""

    text: str
    intent: str
    language: str | None


class TooFewExamples(ValueError):
    """There is nothing to learn from: fewer than two intents or fewer than two languages."""


def train_understander(
    examples: Sequence[Example],
    settings: UnderstanderSettings | None = None,
    encoders: SentenceEncoders | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> Understander:
    """Learn from the examples; `cache` is a file that keeps vectors between trainings. Raises TooFewExamples."""
    encoders = encoders or SentenceEncoders()
    texts = [clean(example.text) for example in examples]
    intents, labels = label_indices([example.intent for example in examples])
    if len(intents) < 2:
        raise TooFewExamples("at least two intents with phrases are needed")
    fast, deep = EncodedCache(encoders, cache).encode(texts, progress)
    both = np.concatenate([fast, deep], axis=1)
    # Each fit uses one core for most of its time; the longest begins first.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        full_head = pool.submit(train_head, both, labels, len(intents), FULL_C)
        fast_head = pool.submit(train_head, fast, labels, len(intents), FAST_C)
        slipped = [*texts, *map(with_slips, texts)]
        lexical_head = pool.submit(train_lexical_head, slipped, np.tile(labels, 2))
        language_weights = pool.submit(train_language_weights, examples)
    return Understander(
        intents=intents,
        fast_head=fast_head.result(),
        full_head=full_head.result(),
        lexical_head=lexical_head.result(),
        language_weights=language_weights.result(),
        crisis_gate=crisis_gate(both, np.array([example.intent == CRISIS for example in examples])),
        settings=settings,
        encoders=encoders,
    )


def train_language_weights(examples: Sequence[Example]) -> np.ndarray:
    """The n-gram model of `LanguageIdentifier`: shape (BUCKETS + 1, 3). Raises TooFewExamples."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    known = [example for example in examples if example.language in LANGUAGES]
    if {example.language for example in known} != set(LANGUAGES):
        raise TooFewExamples("phrases in each language are needed")
    indices: list[np.ndarray] = []
    values: list[np.ndarray] = []
    pointers = [0]
    read = [(clean(example.text), example.language) for example in known]
    # Once more as a phone writes it: without accents, otherwise "numero" or "diplome" is nobody's French.
    read += [(bare, language) for text, language in read if (bare := without_accents(text)) != text]
    for text, _ in read:
        grams = ngram_buckets(text)
        indices.append(grams)
        values.append(np.full(len(grams), 1.0 / np.sqrt(max(1, len(grams)))))
        pointers.append(pointers[-1] + len(grams))
    matrix = csr_matrix((np.concatenate(values), np.concatenate(indices), pointers), shape=(len(read), BUCKETS))
    matrix.sum_duplicates()
    labels = [LANGUAGES.index(language) for _, language in read if language]
    model = LogisticRegression(C=LANGUAGE_C, max_iter=500)
    model.fit(matrix, labels)
    return np.asarray(np.concatenate([model.coef_.T, model.intercept_[None, :]]), dtype=np.float32)
