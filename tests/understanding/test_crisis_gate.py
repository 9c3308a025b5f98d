"""The second view on what may be a crisis."""

from __future__ import annotations

import numpy as np
import pytest

from bot.understanding.crisis_gate import HARMLESS_KEPT, CrisisGate, crisis_gate
from bot.understanding.encoders import DEEP_DIMENSIONS, FAST_DIMENSIONS
from bot.understanding.understander import Understander, UnderstanderSettings

_WIDTH = FAST_DIMENSIONS + DEEP_DIMENSIONS


def _vectors(*directions: int) -> np.ndarray:
    """A row for each direction: a unit vector that way for either encoder."""
    rows = np.zeros((len(directions), _WIDTH), dtype=np.float32)
    for row, direction in zip(rows, directions, strict=True):
        row[direction] = row[FAST_DIMENSIONS + direction] = 1
    return rows


def test_what_is_close_to_a_cry_for_help_is_likelier_a_crisis() -> None:
    gate = crisis_gate(_vectors(0, 0, 0, 1, 1, 1), np.array([True] * 3 + [False] * 3))

    assert gate is not None
    close, far = gate.probability(0.5, _vectors(0)), gate.probability(0.5, _vectors(1))
    assert close > 0.9
    assert far < 0.1


@pytest.mark.parametrize("direction", [1, 2])
def test_the_opinion_of_the_ranking_counts(direction: int) -> None:
    gate = crisis_gate(_vectors(0, 1), np.array([True, False]))

    assert gate is not None
    likely = [gate.probability(ranked, _vectors(direction)) for ranked in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert likely == sorted(likely)
    assert 0 <= likely[0] < likely[-1] <= 1


def test_only_the_harmless_phrases_that_come_near_are_kept() -> None:
    near, apart = _vectors(0)[0], _vectors(1)[0]
    harmless = [apart] * HARMLESS_KEPT + [near + 0.1 * apart] * 5
    gate = crisis_gate(np.stack([near, *harmless]), np.array([True] + [False] * len(harmless)))

    assert gate is not None
    assert len(gate.harmless) == HARMLESS_KEPT
    assert (gate.harmless[:, 0] > 0).sum() == 5


@pytest.mark.parametrize("is_crisis", [True, False])
def test_without_both_sorts_there_is_no_gate(is_crisis: bool) -> None:
    assert crisis_gate(_vectors(0, 1), np.array([is_crisis, is_crisis])) is None


@pytest.mark.parametrize(("ranked", "weighed"), [(0.8, 0.8), (0.6, 0.1)])
def test_what_the_ranking_is_sure_of_stays_a_crisis_whatever_the_gate_thinks(ranked: float, weighed: float) -> None:
    understander = Understander.__new__(Understander)
    understander.settings, understander._crisis = UnderstanderSettings(alarmed=0.7), 0
    understander._crisis_gate = _Doubting(_vectors(0), _vectors(1))

    found = understander._weighed(np.array([ranked, 1 - ranked]), _vectors(1))

    assert found[0] == pytest.approx(weighed)
    assert found.sum() == pytest.approx(1)


class _Doubting(CrisisGate):
    """Holds nothing for a crisis."""

    def probability(self, ranked: float, vectors: np.ndarray) -> float:
        return 0.1
