"""From a ranking to a decision."""

from __future__ import annotations

import pytest

from bot.understanding.decision import DecisionSettings, decide, is_crisis
from bot.understanding.result import ANSWER, CLARIFY, FALLBACK, Ranked

SETTINGS = DecisionSettings(answer=0.5, margin=0.2, clarify=0.2, crisis=0.3, out_of_scope=0.5)


@pytest.mark.parametrize(
    ("ranking", "decision"),
    [
        ([("centre/languages", 0.9), ("deny", 0.05)], ANSWER),
        ([("centre/languages", 0.55), ("centre/partners", 0.4)], CLARIFY),
        ([("centre/languages", 0.45), ("centre/partners", 0.1)], CLARIFY),
        ([("centre/languages", 0.1), ("centre/partners", 0.09)], FALLBACK),
        ([("out_of_scope", 0.8), ("centre/partners", 0.1)], FALLBACK),
        ([("out_of_scope", 0.4), ("centre/partners", 0.35)], CLARIFY),
        ([("centre/languages", 0.7)], ANSWER),
    ],
)
def test_a_ranking_is_decided(ranking: list[tuple[str, float]], decision: str) -> None:
    assert decide([Ranked(*ranked) for ranked in ranking], SETTINGS) == decision


def test_a_crisis_outranks_a_likelier_topic() -> None:
    ranking = [Ranked("employment/dismissal_and_notice", 0.6), Ranked("crisis", 0.35)]

    assert is_crisis(ranking, SETTINGS)
    assert not is_crisis([Ranked("centre/languages", 0.8), Ranked("crisis", 0.1)], SETTINGS)


def test_what_may_be_a_crisis_is_never_answered_as_something_else() -> None:
    ranking = [Ranked("crisis", 0.28), Ranked("centre/languages", 0.25)]

    assert not is_crisis(ranking, SETTINGS)
    assert decide(ranking, SETTINGS) == CLARIFY
