"""What an expression of time means: a period of days, hours within the day, and how several are put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.services.agenda.request.filters import Filters

DAY, WEEK, WEEKEND, MONTH, YEAR, RANGE, BOUND, OPEN = (
    "day",
    "week",
    "weekend",
    "month",
    "year",
    "range",
    "bound",
    "open",
)

LAST_MINUTE = time(23, 59)


@dataclass(frozen=True)
class Hours:
    """Hours of the start within the day, both included."""

    earliest: time | None = None
    latest: time | None = None

    def joined(self, other: Hours) -> Hours:
        """Both where they overlap, else from the first to the last of them."""
        earliest = max((self.earliest or time.min), (other.earliest or time.min))
        latest = min((self.latest or time.max), (other.latest or time.max))
        if earliest > latest:
            earliest, latest = latest, earliest
            starts = [hours.earliest for hours in (self, other)]
            stops = [hours.latest for hours in (self, other)]
            return Hours(
                None if None in starts else min(start for start in starts if start),
                None if None in stops else max(stop for stop in stops if stop),
            )
        return Hours(earliest if earliest > time.min else None, latest if latest < time.max else None)


@dataclass(frozen=True)
class Period:
    """Days, both included; no `begins` means from the present moment, no `ends` means open.

    `is_named` tells a date, weekday or feast by name from "tomorrow" or "next week". `weekdays` are the only ones
    of the period that are meant ("mardi ou jeudi").
    """

    begins: date | None
    ends: date | None
    grain: str
    hours: Hours | None = None
    is_named: bool = False
    weekdays: tuple[int, ...] = ()

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of a period that has both."""
        assert self.begins
        assert self.ends
        return self.begins, self.ends


@dataclass(frozen=True)
class Pieces:
    """All that a request says about time, in the order of the words.

    `far` are the places in `periods` of those that stand apart from the one before.
    """

    periods: tuple[Period, ...] = ()
    far: frozenset[int] = frozenset()
    weekdays: tuple[int, ...] = ()
    single_weekdays: tuple[int, ...] = ()
    hours: Hours | None = None


def next_weekday(weekday: int, after: date) -> date:
    """The first such day after a day (0 is Monday)."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def hull(one: Period, other: Period) -> Period:
    """From the first to the last of two periods."""
    begins = None if one.begins is None or other.begins is None else min(one.begins, other.begins)
    ends = None if one.ends is None or other.ends is None else max(one.ends, other.ends)
    return Period(begins, ends, RANGE, is_named=one.is_named)


def put_together(pieces: Pieces, now: datetime) -> Filters:
    """The filters about time."""
    today = now.date()
    period = _joined(pieces, today)
    weekdays = pieces.weekdays
    for weekday in pieces.single_weekdays:
        if period is not None and period.grain in (MONTH, YEAR, BOUND):
            weekdays = tuple(sorted({*weekdays, weekday}))
            continue
        period = _narrowed_to_weekday(period, weekday, today)
    if weekdays and period is None:
        period = Period(None, None, OPEN)
    return with_hours(replace(_bounded(period, now), weekdays=weekdays), pieces.hours, now)


def with_hours(filters: Filters, hours: Hours | None, now: datetime) -> Filters:
    """The filters narrowed to hours; a period within one day is narrowed itself."""
    if hours is None:
        return filters
    filters = replace(filters, earliest=hours.earliest, latest=hours.latest)
    begins, ends = filters.begins, filters.ends
    if begins is None or ends is None or begins.date() != ends.date():
        return filters
    day = begins.date()
    first = max(begins, _moment(day, hours.earliest or time.min, now))
    last = min(ends, _moment(day, _second_of(hours.latest or LAST_MINUTE), now))
    if first > last:  # "this morning", said in the afternoon: the morning is over
        first = _moment(day, hours.earliest or time.min, now)
        first = min(first, last)
    return replace(filters, begins=first, ends=last)


def _second_of(latest: time) -> time:
    return latest.replace(second=59) if latest.minute == 59 else latest


def _joined(pieces: Pieces, today: date) -> Period | None:
    """Their common part; without one, all of them if they stand together, else the last."""
    joined: Period | None = None
    is_past = [period.ends is not None and period.ends < today for period in pieces.periods]
    for place, period in enumerate(pieces.periods):
        if is_past[place] and not all(is_past):
            continue  # "I was there last week, is there anything next week?"
        if joined is None or joined.grain == OPEN:
            joined = period
        elif period.grain != OPEN:
            apart = period if place in pieces.far else hull(joined, period)
            joined = _intersection(joined, period, today) or apart
    return joined


def _intersection(one: Period, other: Period, today: date) -> Period | None:
    begins = max(one.begins or today, other.begins or today)
    ends = min(one.ends or date.max, other.ends or date.max)
    if begins > ends:
        return None
    for period in (one, other):
        if (period.begins or today, period.ends or date.max) == (begins, ends):
            return period
    grain = BOUND if BOUND in (one.grain, other.grain) else RANGE
    return Period(begins, None if ends == date.max else ends, grain)


def _narrowed_to_weekday(period: Period | None, weekday: int, today: date) -> Period:
    if period is not None and period.begins and period.grain in (WEEK, WEEKEND, RANGE):
        start = max(period.begins, today)
        day = next_weekday(weekday, start - timedelta(days=1))
        if period.ends is None or day <= period.ends:
            return Period(day, day, DAY)
    if period is not None and period.grain == DAY:
        return period
    day = next_weekday(weekday, today)
    found = Period(day, day, DAY)
    return found if period is None or period.grain in (OPEN, WEEK) else hull(period, found)


def _bounded(period: Period | None, now: datetime) -> Filters:
    if period is None:
        return Filters()
    begins = now if period.begins is None else _moment(period.begins, time.min, now)
    ends = None if period.ends is None else _moment(period.ends, time(23, 59, 59), now)
    if begins < now and (ends is None or ends >= now):
        begins = now
    if ends is not None and ends < begins:
        begins = _moment(ends.date(), time.min, now)
    return Filters(begins=begins, ends=ends)


def _moment(day: date, at: time, now: datetime) -> datetime:
    return datetime.combine(day, at, tzinfo=now.tzinfo)
