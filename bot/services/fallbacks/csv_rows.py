"""Writes turns to look at as CSV that a spreadsheet opens without running anything. Called by `faqbot fallbacks`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from bot.services.fallbacks.review import Doubtful

COLUMNS = (
    *("time", "reasons", "language", "channel", "page", "text", "choice", "intent", "confidence", "margin"),
    *("ranking", "topic", "comment", "next_text", "next_choice"),
)
# A cell that begins so is a formula to a spreadsheet, also after spaces and in full-width letters.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(turns: Iterable[Doubtful], file: TextIO) -> None:
    """One line per turn, the names of the columns first."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for turn in turns:
        cells: dict[str, Any] = {**turn.as_dict(), "reasons": " ".join(turn.reasons), "ranking": ranking_words(turn)}
        writer.writerow([safe_cell(cells[column]) for column in COLUMNS])


def ranking_words(turn: Doubtful) -> str:
    """The ranking in one line: `centre/languages 0.41; centre/partners 0.33`."""
    return "; ".join(f"{intent} {confidence:.2f}" for intent, confidence in turn.ranking)


def safe_cell(value: Any) -> Any:
    """The value; text that would be a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    is_formula = value.startswith(_FORMULA_STARTS) or value.lstrip().startswith(_FORMULA_STARTS)
    return f"'{value}" if is_formula else value
