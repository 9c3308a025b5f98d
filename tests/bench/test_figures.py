"""Percentiles, medians and ratios of the bench."""

from __future__ import annotations

import pytest

from bench.figures import MILLISECONDS, OURS, PERCENT, STOCK, Figure, figure_of, median, percentile, share


def test_percentiles_lie_between_neighbours_in_proportion() -> None:
    values = [float(number) for number in range(101)]

    assert percentile(values, 95) == 95.0
    assert percentile([1.0, 2.0], 75) == pytest.approx(1.75)
    assert median([5.0, 1.0, 2.0]) == 2.0


def test_a_ratio_of_times_is_stock_divided_by_ours() -> None:
    assert Figure("parse", "one message", MILLISECONDS, ours=5.0, stock=40.0).ratio == 8.0


def test_a_ratio_of_shares_compares_the_mistakes() -> None:
    assert Figure("accuracy", "right topic", PERCENT, ours=95.0, stock=80.0).ratio == pytest.approx(4.0)


@pytest.mark.parametrize(
    "figure",
    [
        Figure("public", "not measured for stock", PERCENT, ours=90.0, stock=None),
        Figure("accuracy", "no mistake of ours", PERCENT, ours=100.0, stock=80.0),
        Figure("parse", "no time at all", MILLISECONDS, ours=0.0, stock=1.0),
    ],
)
def test_without_two_values_to_divide_there_is_no_ratio(figure: Figure) -> None:
    assert figure.ratio is None
    assert figure.as_dict()["ratio"] is None


def test_a_figure_takes_each_engines_value() -> None:
    figure = figure_of("load", "model load", "s", {STOCK: 12.345, OURS: 0.5})

    assert (figure.ours, figure.stock) == (0.5, 12.35)


def test_a_share_of_nothing_is_nothing() -> None:
    assert share(1, 4) == 25.0
    assert share(0, 0) == 0.0
