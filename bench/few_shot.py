"""Draws a few examples of every label, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence


def few_shot(labels: Sequence[str], shots: int, seed: int) -> list[int]:
    """Positions of `shots` examples of each label, ascending; all of a label that has fewer.

    The draw of one label does not depend on the other labels.
    """
    positions: dict[str, list[int]] = {}
    for position, label in enumerate(labels):
        positions.setdefault(label, []).append(position)
    chosen: list[int] = []
    for label, candidates in positions.items():
        chooser = random.Random(f"{seed} {label}")
        chosen.extend(chooser.sample(candidates, min(shots, len(candidates))))
    return sorted(chosen)
