"""Figures over judged messages. Shares are from 0 to 1; None where there was nothing to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.foundation.languages import LANGUAGES
from bot.foundation.names import REGISTERS
from bot.services.evaluation.judged import Judged

_BINS = 10
_WORST = 25
_LONG = 3


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Everything that is measured, JSON-ready."""
    topics = [one for one in judged if one.is_topic]
    return {
        "messages": len(judged),
        "topics": {
            "all": _topic_figures(topics),
            **{code: _topic_figures([one for one in topics if one.message.language == code]) for code in LANGUAGES},
        },
        "registers": {
            register: _topic_figures([one for one in topics if one.message.register == register])
            for register in REGISTERS
        },
        "dialogue": _dialogue_figures(judged),
        "out_of_scope": _out_of_scope_figures(judged),
        "crisis": _crisis_figures(judged),
        "language": _language_figures(judged),
        "calibration": _calibration([one for one in judged if not one.is_crisis]),
        "confusions": _confusions(judged),
    }


def share(judged: Iterable[Judged], holds: Callable[[Judged], bool]) -> float | None:
    """The share of messages for which something holds."""
    values = [holds(one) for one in judged]
    return round(sum(values) / len(values), 4) if values else None


def _topic_figures(topics: Sequence[Judged]) -> dict[str, Any]:
    return {
        "messages": len(topics),
        "first": share(topics, lambda one: one.is_first),
        "among_three": share(topics, lambda one: one.is_among_three),
        "reachable": share(topics, lambda one: one.is_reachable),
        "wrong_as_certain": share(topics, lambda one: one.is_wrong_as_certain),
        "clarified": share(topics, lambda one: one.found.decision == "clarify"),
        "rejected": share(topics, lambda one: one.found.decision == "fallback"),
    }


def _dialogue_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    names = sorted({one.message.intent for one in judged if not one.is_topic})
    by_name = {name: [one for one in judged if one.message.intent == name] for name in names}
    return {
        name: {"messages": len(found), "first": share(found, lambda one: one.is_first)}
        for name, found in by_name.items()
    }


def _out_of_scope_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    def not_answered(one: Judged) -> bool:
        return not one.is_answered

    result: dict[str, Any] = {}
    for kind in ("near", "far"):
        found = [one for one in judged if one.is_out_of_scope and one.message.kind == kind]
        result[kind] = {
            "messages": len(found),
            "rejected_or_clarified": share(found, not_answered),
            **{
                code: share([one for one in found if one.message.language == code], not_answered)
                for code in LANGUAGES
            },
        }
    return result


def _crisis_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    def alarm(one: Judged) -> bool:
        return one.found.intent == "crisis" and one.is_answered

    danger = [one for one in judged if one.is_crisis]
    others = [one for one in judged if not one.is_crisis]
    sounds_so = [one for one in others if one.message.kind == "sounds_like_crisis"]
    return {
        "messages": len(danger),
        "recall": share(danger, alarm),
        "false_alarms": share(others, alarm),
        "false_alarms_where_it_sounds_so": share(sounds_so, alarm),
        **{code: share([one for one in danger if one.message.language == code], alarm) for code in LANGUAGES},
    }


def _language_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    def figures_of(counted: Sequence[Judged]) -> dict[str, Any]:
        long = [one for one in counted if one.word_count >= _LONG]
        switches = [found == one.message.language for one in long for found in one.from_others]
        return {
            "three_words_or_more_alone": share(long, lambda one: one.alone == one.message.language),
            "any_message_at_home": share(counted, lambda one: one.at_home == one.message.language),
            "three_words_or_more_switch": round(sum(switches) / len(switches), 4) if switches else None,
        }

    counted = [one for one in judged if one.counts_for_language]
    unmixed = [one for one in counted if one.message.register != "mixed"]
    return {"all": figures_of(counted), "without_mixed": figures_of(unmixed)}


def _calibration(judged: Sequence[Judged]) -> dict[str, Any]:
    bins: list[dict[str, Any]] = []
    error = 0.0
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [
            one for one in judged if low <= one.found.confidence < high or (high == 1 and one.found.confidence == 1)
        ]
        if not inside:
            continue
        said = sum(one.found.confidence for one in inside) / len(inside)
        right = sum(one.is_first for one in inside) / len(inside)
        error += len(inside) / len(judged) * abs(said - right)
        bins.append({"from": low, "messages": len(inside), "said": round(said, 3), "right": round(right, 3)})
    return {"expected_error": round(error, 4), "bins": bins}


def _confusions(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    counted = Counter((one.message.intent, one.found.intent) for one in judged if not one.is_first).most_common(
        _WORST
    )
    return [{"right": right, "taken_for": taken, "messages": count} for (right, taken), count in counted]
