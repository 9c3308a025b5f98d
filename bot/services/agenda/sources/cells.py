"""Reads days, hours and numbers as people write them into a table; each refuses with a reason for the report."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_TIME = re.compile(
    r"(\d{1,2})\s*(?:(?:[:.]|h|u|uur|heures?)\s*(\d{2})?)?\s*(?:u|h|uur)?\s*(am|pm|a\.m\.|p\.m\.)?", re.I
)
_DASH = re.compile(r"\s*(?:-|–|—|\bto\b|\btot\b|\bà\b)\s*", re.I)


class CellRefused(ValueError):
    """A cell cannot be read; the text says why."""


def read_day(cell: Any) -> tuple[date, time | None]:
    """A day, and the hour where one stands in the same cell; the day comes before the month. Raises CellRefused."""
    if isinstance(cell, datetime):
        return cell.date(), cell.time() if cell.time() != time() else None
    if isinstance(cell, date):
        return cell, None
    text = str(cell).strip()
    year_first = _YEAR_FIRST.match(text)
    match = year_first or _DAY_FIRST.match(text)
    if not match:
        raise CellRefused(f"{text!r} is no date; write it as 31/12/2026")
    numbers = [int(group) for group in match.groups()]
    year, month, day = numbers if year_first else (numbers[2] + (2000 if numbers[2] < 100 else 0), *numbers[1::-1])
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellRefused(f"{text!r} is no day that exists") from None
    rest = text[match.end() :].strip(" T,")
    return found, read_time(rest) if rest else None


def read_time(cell: Any) -> time:
    """An hour of the day, as in 14:00, 14h30, 14 u, 2 pm. Raises CellRefused."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    text = re.sub(r":00$", "", str(cell).strip()) if re.fullmatch(r"\d{1,2}:\d{2}:00", str(cell).strip()) else cell
    match = _TIME.fullmatch(str(text).strip())
    if match:
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").replace(".", "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour <= 23 and minute <= 59:
            return time(hour, minute)
    raise CellRefused(f"{str(cell).strip()!r} is no hour of the day; write it as 14:00")


def read_times(cell: Any) -> tuple[time, time | None]:
    """A start, and the end where both stand in one cell ("14:00 - 16:00"). Raises CellRefused."""
    if isinstance(cell, str):
        parts = _DASH.split(cell.strip(), 1)
        if len(parts) == 2:
            return read_time(parts[0]), read_time(parts[1])
    return read_time(cell), None


def read_count(cell: Any) -> int:
    """A whole number from 0. Raises CellRefused."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise CellRefused(f"{text!r} is no whole number")
    return int(text)
