"""From a ranking to a decision: answer, clarify or fallback. Thresholds: docs/understanding.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.foundation.names import CRISIS, OUT_OF_SCOPE
from bot.understanding.result import ANSWER, CLARIFY, FALLBACK, Ranked


@dataclass(frozen=True)
class DecisionSettings:
    """Probabilities from 0 to 1.

    Answer from `answer` on, when the best is ahead of the second by `margin`; below `clarify` fall back;
    between them offer titles. `crisis` is lower than the others: it outranks everything.
    """

    answer: float = 0.5
    margin: float = 0.15
    clarify: float = 0.15
    crisis: float = 0.35
    out_of_scope: float = 0.5


def decide(ranking: Sequence[Ranked], settings: DecisionSettings) -> str:
    """The decision for a ranking, best first, of a message that is no certain crisis (see `is_crisis`)."""
    best = ranking[0]
    second = ranking[1].confidence if len(ranking) > 1 else 0.0
    if best.intent == CRISIS:
        return CLARIFY
    if best.intent == OUT_OF_SCOPE:
        return FALLBACK if best.confidence >= settings.out_of_scope else CLARIFY
    if best.confidence >= settings.answer and best.confidence - second >= settings.margin:
        return ANSWER
    return CLARIFY if best.confidence >= settings.clarify else FALLBACK


def is_crisis(ranking: Sequence[Ranked], settings: DecisionSettings) -> bool:
    """Whether a message must be answered as a crisis, whatever else it may be."""
    return any(r.intent == CRISIS and r.confidence >= settings.crisis for r in ranking)
