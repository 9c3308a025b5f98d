"""How likely a message is a crisis, once the ranking of intents finds it possible: a second view, by example.

A classifier of 128 intents holds much everyday talk for despair ("over my dead body"). Here the ranking's opinion is
weighed together with how close the message is to known cries for help and to harmless phrases that come near them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.understanding.encoders import FAST_DIMENSIONS

#: So many of the nearest on each side count.
_NEAREST = 3
#: Of the harmless phrases, those nearest to any cry for help are kept; with all of them it is no better.
HARMLESS_KEPT = 1500
#: Logistic regression over log-odds of the ranking and closeness with the fast and the deep encoder, fitted on
#: phrases held out and validation messages (docs/understanding.md).
_BIAS, _RANKING, _FAST, _DEEP = -1.2, 0.46, 11.0, 40.0
_SMALLEST = 1e-9


@dataclass(frozen=True)
class CrisisGate:
    """Vectors of both encoders side by side, one row a phrase: `cries` and the `harmless` ones nearest to them."""

    cries: np.ndarray
    harmless: np.ndarray

    def probability(self, ranked: float, vectors: np.ndarray) -> float:
        """The probability of a crisis. `ranked` is that of the ranking, `vectors` those of the message, (1, both)."""
        log_odds = np.log(ranked + _SMALLEST) - np.log(1 - ranked + _SMALLEST)
        fast = self._closeness(vectors, slice(None, FAST_DIMENSIONS))
        deep = self._closeness(vectors, slice(FAST_DIMENSIONS, None))
        return float(1 / (1 + np.exp(-(_BIAS + _RANKING * log_odds + _FAST * fast + _DEEP * deep))))

    def _closeness(self, vectors: np.ndarray, part: slice) -> float:
        """Mean cosine with the nearest cries, less that with the nearest harmless phrases."""
        means = [_mean_of_largest(known[:, part] @ vectors[0, part]) for known in (self.cries, self.harmless)]
        return means[0] - means[1]


def crisis_gate(vectors: np.ndarray, is_crisis: np.ndarray) -> CrisisGate | None:
    """The gate learned from the vectors of all phrases; None when no phrase is a crisis, or all are."""
    cries, others = vectors[is_crisis], vectors[~is_crisis]
    if not len(cries) or not len(others):
        return None
    likeness = (others @ cries.T).max(axis=1)
    nearest = np.sort(np.argsort(-likeness, kind="stable")[:HARMLESS_KEPT])
    return CrisisGate(cries, others[nearest])


def _mean_of_largest(values: np.ndarray) -> float:
    count = min(_NEAREST, len(values))
    return float(np.partition(values, -count)[-count:].mean())
