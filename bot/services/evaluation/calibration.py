"""Finds temperature and decision thresholds on validation messages; an editor copies them into `config.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from bot.foundation.names import CRISIS
from bot.services.content.phrases import Phrase
from bot.services.evaluation.judged import ACCEPTED, Progress
from bot.understanding.decision import DecisionSettings, decide
from bot.understanding.message_text import clean, is_readable
from bot.understanding.result import ANSWER, CLARIFY, Ranked
from bot.understanding.understander import Understander

#: What the thresholds must keep to on the validation messages; a little stricter than the targets.
MOST_WRONG_AS_CERTAIN = 0.02
LEAST_FAR_REJECTED = 0.975
LEAST_NEAR_REJECTED = 0.88
MOST_FALSE_ALARMS = 0.004

_TEMPERATURES = np.arange(0.4, 1.55, 0.05)
_ANSWER = np.arange(0.25, 0.85, 0.05)
_MARGIN = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)
_CLARIFY = (0.03, 0.05, 0.08, 0.1, 0.15)
_OUT_OF_SCOPE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_CRISIS = np.arange(0.05, 0.95, 0.01)
_KEPT = 8


@dataclass(frozen=True)
class Reading:
    """A validation message with its ranking at the temperature of the understander."""

    message: Phrase
    ranking: tuple[Ranked, ...]

    @property
    def right(self) -> bool:
        return _same(self.ranking[0].intent, self.message.intent)


def read_messages(
    understander: Understander, messages: Sequence[Phrase], progress: Progress | None = None
) -> list[Reading]:
    """The rankings of all messages that have words."""
    readings = []
    for number, message in enumerate(messages, start=1):
        text = clean(message.text)
        if is_readable(text):
            readings.append(Reading(message, understander.rank(text)))
        if progress:
            progress(number, len(messages))
    return readings


def best_temperature(readings: Sequence[Reading], present: float) -> float:
    """The temperature at which the right intent is, on average, least surprising."""
    logs = np.array([[np.log(ranked.confidence + 1e-9) for ranked in reading.ranking] for reading in readings])
    places = [
        next((n for n, ranked in enumerate(reading.ranking) if _same(ranked.intent, reading.message.intent)), 0)
        for reading in readings
    ]
    rows = np.arange(len(readings))

    def surprise(temperature: float) -> float:
        scores = logs * (present / temperature)
        scores -= scores.max(axis=1, keepdims=True)
        chosen = scores[rows, places] - np.log(np.exp(scores).sum(axis=1))
        return float(-chosen.mean())

    return round(float(min(_TEMPERATURES, key=surprise)), 2)


def best_crisis_threshold(readings: Sequence[Reading]) -> float:
    """The lowest threshold that keeps false alarms below the bound."""
    harmless = [_confidence(reading, CRISIS) for reading in readings if reading.message.intent != CRISIS]
    for threshold in _CRISIS:
        if sum(value >= threshold for value in harmless) <= MOST_FALSE_ALARMS * len(harmless):
            return round(float(threshold), 2)
    return round(float(_CRISIS[-1]), 2)


def best_decision(readings: Sequence[Reading]) -> DecisionSettings:
    """The thresholds that answer or offer the right topic most often within the bounds."""
    crisis = best_crisis_threshold(readings)
    calm = [reading for reading in readings if _confidence(reading, CRISIS) < crisis]
    topics = [reading for reading in calm if "/" in reading.message.intent]
    far = [reading for reading in calm if reading.message.kind == "far"]
    near = [reading for reading in calm if reading.message.kind == "near"]
    best, best_score = DecisionSettings(crisis=crisis), (-1.0, -1.0)
    for answer, margin, clarify, out_of_scope in product(_ANSWER, _MARGIN, _CLARIFY, _OUT_OF_SCOPE):
        settings = replace(
            DecisionSettings(crisis=crisis),
            answer=round(float(answer), 2),
            margin=margin,
            clarify=clarify,
            out_of_scope=out_of_scope,
        )
        if _answered(far, settings) > 1 - LEAST_FAR_REJECTED or _answered(near, settings) > 1 - LEAST_NEAR_REJECTED:
            continue
        outcomes = [(decide(reading.ranking, settings), reading) for reading in topics]
        wrong = sum(decision == ANSWER and not reading.right for decision, reading in outcomes) / len(topics)
        if wrong > MOST_WRONG_AS_CERTAIN:
            continue
        answered = sum(decision == ANSWER and reading.right for decision, reading in outcomes)
        offered = sum(decision == CLARIFY and _is_offered(reading) for decision, reading in outcomes)
        score = (round((answered + offered) / len(topics), 3), answered / len(topics))
        if score > best_score:
            best, best_score = settings, score
    return best


def _answered(readings: Sequence[Reading], settings: DecisionSettings) -> float:
    return sum(decide(reading.ranking, settings) == ANSWER for reading in readings) / max(1, len(readings))


def _is_offered(reading: Reading) -> bool:
    offered = [ranked.intent for ranked in reading.ranking[:_KEPT] if "/" in ranked.intent][:3]
    return any(_same(intent, reading.message.intent) for intent in offered)


def _confidence(reading: Reading, intent: str) -> float:
    return next((ranked.confidence for ranked in reading.ranking if ranked.intent == intent), 0.0)


def _same(intent: str, right: str) -> bool:
    return intent == right or frozenset({intent, right}) in ACCEPTED
