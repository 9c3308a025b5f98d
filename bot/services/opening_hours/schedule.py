"""The centre's week with its breaks, its late evening, public holidays and days that differ. Pure; no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache

import holidays

from bot.foundation.languages import DEFAULT_LANGUAGE

#: Names as in `data/centre.yml`, in the order of `date.weekday()`.
WEEKDAYS: tuple[str, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Opening:
    """Open from one time of day to another, of the same day in Brussels."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Schedule:
    """Openings by weekday (0 is Monday), in order. `late` lets the last opening of a weekday run longer.

    `exceptions` are days that differ; an empty one is a day on which the centre is closed.
    """

    week: dict[int, tuple[Opening, ...]]
    late: dict[int, time] = field(default_factory=dict)
    exceptions: dict[date, tuple[Opening, ...]] = field(default_factory=dict)

    def of_day(self, day: date) -> tuple[Opening, ...]:
        """The openings of a day. An exception beats a public holiday, and that beats the week."""
        if day in self.exceptions:
            return self.exceptions[day]
        if is_public_holiday(day):
            return ()
        openings = self.week.get(day.weekday(), ())
        late = self.late.get(day.weekday())
        if late is None or not openings or openings[-1].closes >= late:
            return openings
        return (*openings[:-1], Opening(openings[-1].opens, late))


def is_public_holiday(day: date) -> bool:
    """Whether all of Belgium has the day off."""
    return day in _holidays(day.year, DEFAULT_LANGUAGE)


def public_holiday(day: date, language: str) -> str | None:
    """The name of the day on which all of Belgium is off, in one of our languages."""
    return _holidays(day.year, language).get(day)


@lru_cache(maxsize=24)
def _holidays(year: int, language: str) -> dict[date, str]:
    found = holidays.country_holidays("BE", years=year, language="en_US" if language == "en" else language)
    # The library has English as in America only.
    return {day: name.replace("Labor", "Labour") for day, name in found.items()}
