"""The best topic of either engine, and when it counts as right."""

from __future__ import annotations

from typing import Any

import pytest

from bench.figures import OURS, STOCK
from bench.predictions import best_intent, is_right


def _stock_parse(name: str, *ranking: str, topic: str | None = None) -> dict[str, Any]:
    selector: dict[str, Any] = {"all_retrieval_intents": ["centre", "training"]}
    selector["default"] = {"response": {"intent_response_key": topic}}
    return {
        "intent": {"name": name},
        "intent_ranking": [{"name": other} for other in ranking],
        "response_selector": selector,
    }


def test_our_best_intent_is_the_understandings_whatever_was_decided() -> None:
    parsed = {"intent": {"name": "nlu_clarify"}, "understanding": {"intent": "centre/languages"}}

    assert best_intent(OURS, parsed) == "centre/languages"


@pytest.mark.parametrize(
    ("parsed", "found"),
    [
        (_stock_parse("deny", "deny", "centre", topic="centre/languages"), "deny"),
        (_stock_parse("centre", "centre", topic="centre/languages"), "centre/languages"),
        (_stock_parse("centre", "centre", topic="training/prices"), "training/prices"),
        (_stock_parse("nlu_fallback", "nlu_fallback", "deny", "centre"), "deny"),
        (
            _stock_parse("nlu_fallback", "nlu_fallback", "centre", topic="centre/languages"),
            "centre/languages",
        ),
    ],
)
def test_stock_rasas_best_intent_is_what_it_would_say(parsed: dict[str, Any], found: str) -> None:
    assert best_intent(STOCK, parsed) == found


@pytest.mark.parametrize(
    ("expected", "found", "right"),
    [
        ("centre/languages", "centre/languages", True),
        ("centre/languages", "centre/partners", False),
        ("centre/group_activities", "list_activities", True),
        ("list_activities", "centre/group_activities", True),
        ("request_human", "centre/talk_to_a_counsellor", True),
        ("request_human", "centre/group_activities", False),
        ("deny", None, False),
    ],
)
def test_two_names_with_one_answer_are_right_for_each_other(expected: str, found: str | None, right: bool) -> None:
    assert is_right(expected, found) is right
