"""One measured figure for both engines, and the arithmetic of the table: percentiles, medians, ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

OURS = "ours"
STOCK = "stock"
#: The two engines, in the order of the table's columns.
ENGINES: tuple[str, ...] = (OURS, STOCK)

SECONDS = "s"
MILLISECONDS = "ms"
#: Millions of bytes.
MEGABYTES = "MB"
PERCENT = "%"
#: Messages a second; more is better.
PER_SECOND = "/s"
#: So many times another time of ours.
TIMES = "×"


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    `part` is a name of `bench.parts`. `ours` and `stock` are in `unit`, None when not measured.
    Accuracy and recall are shares in percent: there, the errors are compared.
    """

    part: str
    name: str
    unit: str
    ours: float | None
    stock: float | None

    @property
    def ratio(self) -> float | None:
        """How many times better we are: less time, memory or errors (unit percent), more messages a second."""
        if self.ours is None or self.stock is None:
            return None
        if self.unit == PERCENT:
            return _divided(100 - self.stock, 100 - self.ours)
        if self.unit == PER_SECOND:
            return _divided(self.ours, self.stock)
        return _divided(self.stock, self.ours)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form with the ratio."""
        ratio = self.ratio
        return {**asdict(self), "ratio": None if ratio is None else round(ratio, 2)}


def figure_of(part: str, name: str, unit: str, values: dict[str, float]) -> Figure:
    """A figure from the values by engine; rounded, since more digits would only pretend."""
    rounded = {engine: round(value, 2) for engine, value in values.items()}
    return Figure(part, name, unit, rounded.get(OURS), rounded.get(STOCK))


def percentile(values: Sequence[float], rank: float) -> float:
    """The value below which `rank` percent of the values lie, between neighbours in proportion."""
    return float(np.percentile(np.asarray(values, dtype=float), rank))


def median(values: Sequence[float]) -> float:
    """The middle of the values."""
    return percentile(values, 50)


def share(part: int, whole: int) -> float:
    """`part` of `whole` in percent; 0 of nothing is 0."""
    return 100.0 * part / whole if whole else 0.0


def _divided(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator > 0 else None
