"""The dates of one row of a table: once, or weekly, every two weeks or monthly, open-ended or until a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.sources.cells import CellRefused, read_day, read_time, read_times
from bot.services.agenda.sources.known_words import KnownWords
from bot.services.agenda.sources.reading import MOST_OCCURRENCES, Material
from bot.services.agenda.sources.row_entry import Cells

#: An evening that begins from the first hour on may end the next day until the second one.
_EVENING, _MORNING = time(18), time(6)
_WITHOUT_END = timedelta(hours=1)


def first_date(cells: Cells) -> date:
    """The day in the row's date. Raises CellRefused."""
    if ("date", None) not in cells:
        raise CellRefused("the row has no date")
    return read_day(cells["date", None])[0]


def dates_of(cells: Cells, known: KnownWords, material: Material) -> list[tuple[str, datetime, datetime, bool]]:
    """Key, start, end and "all day" of each date within the stretch of time. Raises CellRefused."""
    day, hour_with_day = _needed_day(cells)
    start, end, last_day = _hours(cells, day, hour_with_day)
    found = []
    for first in _days(cells, day, known, material):
        last = first + (last_day - day)
        if start is None:
            begins, ends = _at(first, time()), _at(last + timedelta(days=1), time())
        else:
            begins = _at(first, start)
            ends = _at(last, end) if end else begins + _WITHOUT_END
        if ends.timestamp() <= begins.timestamp():
            raise CellRefused(f"the end ({ends:%d/%m %H:%M}) is not after the start ({begins:%d/%m %H:%M})")
        if ends > material.first and begins < material.last:
            found.append((f"{first:%Y%m%d}", begins, ends, start is None))
    return found


def _needed_day(cells: Cells) -> tuple[date, time | None]:
    first_date(cells)
    return read_day(cells["date", None])


def _hours(cells: Cells, day: date, start: time | None) -> tuple[time | None, time | None, date]:
    """Start and end of the day (None: the whole day) and the day on which it ends."""
    end: time | None = None
    if ("start", None) in cells:
        start, end = read_times(cells["start", None])
    if ("end", None) in cells:
        end = read_time(cells["end", None])
    last_day = day
    if ("end_date", None) in cells:
        last_day, hour = read_day(cells["end_date", None])
        end = end or hour
        if last_day < day:
            raise CellRefused(f"the end ({last_day:%d/%m/%Y}) is before the start ({day:%d/%m/%Y})")
    elif start and end and start >= _EVENING and end <= _MORNING:
        last_day = day + timedelta(days=1)
    if end and start is None:
        raise CellRefused("the row has an end and no start")
    return start, end, last_day


def _days(cells: Cells, day: date, known: KnownWords, material: Material) -> Iterator[date]:
    said = str(cells.get(("repeat", None), "")).strip()
    if not said:
        yield day
        return
    repeats = known.value("repeat", said)
    if repeats is None:
        raise CellRefused(f"{said!r} is no way to repeat; write weekly, fortnightly or monthly")
    until = material.last.replace(tzinfo=None)
    if ("until", None) in cells:
        until = min(until, datetime.combine(read_day(cells["until", None])[0], time(23, 59)))
    first = datetime.combine(day, time())
    if repeats == "monthly":
        number = (day.day - 1) // 7 + 1
        # A fifth Monday is not in every month: the last one is meant.
        on = weekday(day.weekday())(number if number < 5 else -1)
        rule = rrule(MONTHLY, dtstart=first, byweekday=on, until=until)
    else:
        rule = rrule(WEEKLY, interval=2 if repeats == "fortnightly" else 1, dtstart=first, until=until)
    begin = material.first.replace(tzinfo=None) - timedelta(days=31)
    for number, moment in enumerate(rule.between(begin, until, inc=True)):
        if number >= MOST_OCCURRENCES:
            raise CellRefused(f"the row has more than {MOST_OCCURRENCES} dates")
        yield moment.date()


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=BRUSSELS)
