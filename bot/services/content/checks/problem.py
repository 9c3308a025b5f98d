"""One thing that is wrong in the content, with its place, as `faqbot check` prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`path` is relative to the project, `line` counts from 1 or is None when no line is to blame.

    `str()` reads `data/x.yml:12: what is wrong`.
    """

    path: str
    line: int | None
    text: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}"


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line and text."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line or 0, problem.text))
