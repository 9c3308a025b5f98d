"""How well a language is understood when none of its phrases was learned: what the other two teach it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.foundation.languages import LANGUAGES
from bot.foundation.names import is_topic
from bot.services.content.phrases import Phrase
from bot.understanding.encoded_cache import EncodedCache
from bot.understanding.encoders import SentenceEncoders
from bot.understanding.linear import label_indices, train_head
from bot.understanding.message_text import clean
from bot.understanding.training import FULL_C


def cross_language_figures(
    phrases: Sequence[Phrase], messages: Sequence[Phrase], encoders: SentenceEncoders, cache: Path
) -> dict[str, Any]:
    """Top-1 on the topics of each language, with its own phrases left out and with all phrases.

    Sentence vectors only: letters of another language tell little.
    """
    learned = np.concatenate(EncodedCache(encoders, cache).encode([clean(p.text) for p in phrases]), axis=1)
    topics = [message for message in messages if is_topic(message.intent)]
    asked_cache = cache.with_name("evaluated.npz")
    asked = np.concatenate(
        EncodedCache(encoders, asked_cache).encode([clean(message.text) for message in topics]), axis=1
    )
    intents, labels = label_indices([phrase.intent for phrase in phrases])
    with_all = _top_one(learned, labels, intents, asked)
    figures: dict[str, Any] = {}
    for language in LANGUAGES:
        kept = np.array([phrase.language != language for phrase in phrases])
        without = _top_one(learned[kept], labels[kept], intents, asked)
        own = [number for number, message in enumerate(topics) if message.language == language]
        figures[language] = {
            "without_own_phrases": _share(without, topics, own),
            "with_all_phrases": _share(with_all, topics, own),
        }
    return figures


def _top_one(vectors: np.ndarray, labels: np.ndarray, intents: list[str], asked: np.ndarray) -> list[str]:
    head = train_head(vectors, labels, len(intents), FULL_C)
    return [intents[best] for best in head.probabilities(asked).argmax(axis=1)]


def _share(found: list[str], topics: Sequence[Phrase], numbers: list[int]) -> float:
    return round(sum(found[number] == topics[number].intent for number in numbers) / max(1, len(numbers)), 4)
