"""The topic that an engine holds for the most likely, from Rasa's parse data, and whether it is right."""

from __future__ import annotations

from typing import Any

from bench.figures import OURS
from bot.engine.parse_data import FIELD
from bot.foundation.names import FALLBACK, LIST_ACTIVITIES, REQUEST_HUMAN

#: Pairs of names with the same answer to the person: either is right for the other.
_SAME: tuple[frozenset[str], ...] = (
    frozenset({LIST_ACTIVITIES, "centre/group_activities"}),
    frozenset({REQUEST_HUMAN, "centre/talk_to_a_counsellor"}),
)


def best_intent(engine: str, parsed: dict[str, Any]) -> str | None:
    """The full name of the best intent of either engine, whether or not it would be sure enough to answer."""
    if engine == OURS:
        return str(parsed[FIELD]["intent"])
    return _stock_intent(parsed)


def is_right(expected: str, found: str | None) -> bool:
    """Whether the found intent answers a message that was written for the expected one."""
    return found == expected or any({expected, found} == pair for pair in _SAME)


def _stock_intent(parsed: dict[str, Any]) -> str | None:
    """For a theme the topic is the response selector's, since that is what stock Rasa would say."""
    name = parsed["intent"]["name"]
    if name == FALLBACK:
        # The fallback classifier puts itself before the ranking; the classifier's own best comes next.
        name = next((r["name"] for r in parsed["intent_ranking"] if r["name"] != FALLBACK), None)
    selectors = parsed.get("response_selector") or {}
    if name not in selectors.get("all_retrieval_intents", ()):
        return None if name is None else str(name)
    chosen = selectors.get(name) or selectors["default"]
    return str(chosen["response"]["intent_response_key"])
