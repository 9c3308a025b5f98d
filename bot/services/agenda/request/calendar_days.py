"""Counting with days, weeks, months and feasts. The week starts on Monday."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

from bot.services.agenda.request.periods import DAY, MONTH, RANGE, WEEK, WEEKEND, YEAR, Period

FORTNIGHT, QUARTER = "fortnight", "quarter"

#: No date outside these years is taken from a request.
FIRST_YEAR, LAST_YEAR = 2000, 2100


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date if the calendar has it."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def next_date(day: int, month: int, today: date) -> date | None:
    """The next such date, today included; 29 February in the next leap year. None: no year has it."""
    for year in range(today.year, today.year + 9):
        found = day_or_none(year, month, day)
        if found and found >= today:
            return found
    return None


def next_day_of_month(day: int, today: date, weekday: int | None = None) -> date | None:
    """The next date with this number, today included; on this weekday if there is one within two years."""
    fallback = None
    for months in range(25):
        first = add_months(today.replace(day=1), months)
        found = day_or_none(first.year, first.month, day)
        if found and found >= today:
            if weekday is None or found.weekday() == weekday:
                return found
            fallback = fallback or found
    return fallback


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_period(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), MONTH, is_named=True)


def year_period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), YEAR, is_named=True)


def unit_period(unit: str, offset: int, today: date) -> Period:
    """This (0), next (1) or last (-1) day, week, weekend, month or year."""
    if unit == DAY:
        day = today + timedelta(days=offset)
        return Period(day, day, DAY)
    if unit == WEEK:
        monday = monday_of(today) + timedelta(weeks=offset)
        return Period(monday, monday + timedelta(days=6), WEEK)
    if unit == WEEKEND:
        saturday = monday_of(today) + timedelta(weeks=offset, days=5)
        return Period(saturday, saturday + timedelta(days=1), WEEKEND)
    if unit == FORTNIGHT:
        return Period(today, today + timedelta(days=14), RANGE)
    if unit == QUARTER:
        first = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * offset)
        return Period(first, add_months(first, 3) - timedelta(days=1), RANGE)
    if unit == MONTH:
        first = add_months(today.replace(day=1), offset)
        return Period(first, month_period(first.year, first.month).ends, MONTH)
    found = year_period(today.year + offset)
    return Period(found.begins, found.ends, YEAR)


def days_later(number: int, unit: str, today: date) -> date:
    """The day some days, weeks, months or years from today, never beyond the last year of a request."""
    last = date(LAST_YEAR, 12, 31)
    if unit in (MONTH, YEAR):
        months = number * (12 if unit == YEAR else 1)
        return min(last, add_months(today, min(months, 12 * (LAST_YEAR - today.year))))
    days = number * {DAY: 1, WEEK: 7, WEEKEND: 7, FORTNIGHT: 14}[unit]
    return min(last, today + timedelta(days=min(days, 40000)))


def part_of(period: Period, part: str) -> Period:
    """The start, middle or end of a week, month or year: thirds of a month, quarters of a year."""
    first, last = period.days
    days = {
        MONTH: {"start": (0, 9), "middle": (10, 19), "end": (20, (last - first).days)},
        YEAR: {"start": (0, 89 + calendar.isleap(first.year)), "middle": (120, 242), "end": (334, 365)},
    }.get(period.grain, {"start": (0, 2), "middle": (2, 3), "end": (3, 6)})[part]
    begins = first + timedelta(days=days[0])
    return Period(begins, min(last, first + timedelta(days=days[1])), RANGE, is_named=period.is_named)


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def season_period(season: str, year: int) -> Period:
    """Three whole months; winter is the one that begins in December of the year."""
    first = date(year, SEASONS[season], 1)
    return Period(first, add_months(first, 3) - timedelta(days=1), RANGE, is_named=True)


def next_season(season: str, today: date) -> Period:
    """The one that runs or comes next."""
    running = season_period(season, today.year - 1)
    if running.ends and running.ends >= today:
        return running
    this_year = season_period(season, today.year)
    return this_year if this_year.ends and this_year.ends >= today else season_period(season, today.year + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _after_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


FEASTS: dict[str, Callable[[int], date]] = {
    "new_year": _fixed(1, 1),
    "valentine": _fixed(2, 14),
    "easter": _after_easter(0),
    "easter_monday": _after_easter(1),
    "labour_day": _fixed(5, 1),
    "iris_day": _fixed(5, 8),
    "ascension": _after_easter(39),
    "pentecost": _after_easter(49),
    "whit_monday": _after_easter(50),
    "flemish_community_day": _fixed(7, 11),
    "national_day": _fixed(7, 21),
    "assumption": _fixed(8, 15),
    "french_community_day": _fixed(9, 27),
    "halloween": _fixed(10, 31),
    "all_saints": _fixed(11, 1),
    "armistice": _fixed(11, 11),
    "saint_nicholas": _fixed(12, 6),
    "christmas_eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
    "new_years_eve": _fixed(12, 31),
}


_PUBLIC = (
    *("new_year", "easter_monday", "labour_day", "ascension", "whit_monday", "national_day"),
    *("assumption", "all_saints", "armistice", "christmas"),
)


def next_public_holiday(today: date) -> date:
    """The next of the ten legal holidays of Belgium, today included."""
    return min(feast_day(feast, today) for feast in _PUBLIC)


def feast_day(feast: str, today: date, year: int | None = None) -> date:
    """The day of a feast in a year, or its next one, today included."""
    if year is not None:
        return FEASTS[feast](year)
    this_year = FEASTS[feast](today.year)
    return this_year if this_year >= today else FEASTS[feast](today.year + 1)
