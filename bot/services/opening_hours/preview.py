"""The next days by a schedule: openings, public holidays by name, days that differ. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.services.opening_hours.schedule import Opening, Schedule, public_holiday

DAYS = 14


@dataclass(frozen=True)
class PreviewDay:
    """One day. `holiday` is named in the reader's language; `is_late` says that the late evening counts."""

    day: date
    openings: tuple[Opening, ...]
    holiday: str | None
    differs: bool
    is_late: bool


def preview(schedule: Schedule, first: date, language: str) -> list[PreviewDay]:
    """So many days from the first on."""
    return [_day(schedule, first + timedelta(days=ahead), language) for ahead in range(DAYS)]


def _day(schedule: Schedule, day: date, language: str) -> PreviewDay:
    openings, late = schedule.of_day(day), schedule.late.get(day.weekday())
    differs = day in schedule.exceptions
    is_late = bool(openings) and not differs and late is not None and openings[-1].closes == late
    return PreviewDay(day, openings, public_holiday(day, language), differs, is_late)
