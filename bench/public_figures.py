"""The classifier alone on public sets: our encoders and linear heads with the constants of our training.

Stock Rasa is not trained on them here (it would take hours more); its column stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import Progress

from bench.few_shot import few_shot
from bench.figures import OURS, PERCENT, Figure, figure_of
from bench.parts import PUBLIC, Size
from bench.public_sets import OUT_OF_SCOPE_LABEL, Labelled, PublicSet
from bot.understanding.encoded_cache import EncodedCache
from bot.understanding.encoders import SentenceEncoders
from bot.understanding.linear import label_indices, train_head
from bot.understanding.message_text import clean
from bot.understanding.training import FAST_C, FULL_C
from bot.understanding.understander import UnderstanderSettings

_SHOTS = (10, 30)
#: Vectors of the fast encoder and of both, one row a message.
Vectors = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


def measure_public_set(public_set: PublicSet, cache_folder: Path, size: Size, progress: Progress) -> list[Figure]:
    """Accuracy with few examples (mean of the seeds); where a set has out-of-scope messages, with all too."""
    groups = (public_set.train, public_set.test, public_set.out_of_scope_train, public_set.out_of_scope_test)
    train, test, strange_train, strange_test = _encode(public_set.name, groups, cache_folder, progress)
    labels = [label for _, label in public_set.train]
    wanted = [label for _, label in public_set.test]
    task = progress.add_task(f"{public_set.name}: training heads", total=len(_SHOTS) * len(size.seeds))
    figures = []
    for shots in _SHOTS:
        shares = []
        for seed in size.seeds:
            chosen = few_shot(labels, shots, seed)
            found = _predict(_rows(train, chosen), [labels[i] for i in chosen], test)
            shares.append(_share_equal(found, wanted))
            progress.advance(task)
        figures.append(_figure(public_set.name, f"{shots} messages per intent", float(np.mean(shares))))
    if public_set.out_of_scope_train:
        known = [*labels, *(OUT_OF_SCOPE_LABEL for _ in public_set.out_of_scope_train)]
        both = _predict(_stacked(train, strange_train), known, _stacked(test, strange_test))
        in_scope, strange = both[: len(wanted)], both[len(wanted) :]
        figures.append(_figure(public_set.name, "full set, in scope", _share_equal(in_scope, wanted)))
        recall = _share_equal(strange, [OUT_OF_SCOPE_LABEL] * len(strange))
        figures.append(_figure(public_set.name, "full set, out-of-scope recall", recall))
    return figures


def _encode(name: str, groups: Sequence[Sequence[Labelled]], cache_folder: Path, progress: Progress) -> list[Vectors]:
    """Encode all groups at once (the cache keeps what one call asked for) and part them again."""
    task = progress.add_task(f"{name}: encoding", total=None)
    texts = [clean(text) for group in groups for text, _ in group]
    cache = EncodedCache(SentenceEncoders(), cache_folder / f"{name.lower()}.npz")
    fast, deep = cache.encode(texts, lambda done, total: progress.update(task, completed=done, total=total))
    progress.update(task, completed=len(texts), total=len(texts))
    ends = np.cumsum([len(group) for group in groups])[:-1]
    both = np.concatenate([fast, deep], axis=1)
    return list(zip(np.split(fast, ends), np.split(both, ends), strict=True))


def _predict(train: Vectors, labels: Sequence[str], test: Vectors) -> list[str]:
    """As in `Understander.rank`: the fast head decides when it is sure, else the head on both encoders."""
    names, indices = label_indices(labels)
    fast = train_head(train[0], indices, len(names), FAST_C).probabilities(test[0])
    full = train_head(train[1], indices, len(names), FULL_C).probabilities(test[1])
    is_sure = fast.max(axis=1) >= UnderstanderSettings().sure
    best = np.where(is_sure, fast.argmax(axis=1), full.argmax(axis=1))
    return [names[index] for index in best]


def _rows(vectors: Vectors, positions: Sequence[int]) -> Vectors:
    return vectors[0][positions], vectors[1][positions]


def _stacked(above: Vectors, below: Vectors) -> Vectors:
    return np.concatenate([above[0], below[0]]), np.concatenate([above[1], below[1]])


def _share_equal(found: Sequence[str], wanted: Sequence[str]) -> float:
    return 100 * float(np.mean([f == w for f, w in zip(found, wanted, strict=True)]))


def _figure(set_name: str, what: str, value: float) -> Figure:
    return figure_of(PUBLIC, f"{set_name}, {what}", PERCENT, {OURS: value})
