"""Opening hours as an administrator enters them: a form of texts, read into a schedule with every fault by its field.

Fields: `week-<weekday>-<n>-opens` and `-closes`, `late-<weekday>`, and for the days that differ
`day-<row>-date`, `day-<row>-gone`, `day-<row>-<n>-opens` and `-closes`. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from bot.services.opening_hours.schedule import WEEKDAYS, Opening, Schedule
from bot.services.opening_hours.typed import date_in, time_in

#: At least so many openings can be entered for a day: before and after a break.
FEWEST_SLOTS = 2
MOST_SLOTS, MOST_DAYS = 6, 300
#: Empty rows for further days that differ.
SPARE_DAYS = 2
_YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Entered:
    """What was read; `faults` names what is wrong by field. With faults the schedule holds the rest."""

    schedule: Schedule
    faults: Mapping[str, str]


@dataclass(frozen=True)
class Size:
    """How many openings a day, and how many rows for days that differ, a form has."""

    slots: int
    days: int


def size_for(schedule: Schedule) -> Size:
    """A form that holds a schedule, with room for more."""
    found = [len(openings) for openings in (*schedule.week.values(), *schedule.exceptions.values())]
    return Size(max([FEWEST_SLOTS, *found]), len(schedule.exceptions) + SPARE_DAYS)


def as_fields(schedule: Schedule) -> dict[str, str]:
    """The fields of a form that shows a schedule."""
    fields: dict[str, str] = {}
    for weekday, openings in schedule.week.items():
        fields.update(_slots(f"week-{weekday}", openings))
    for weekday, at in schedule.late.items():
        fields[f"late-{weekday}"] = f"{at:%H:%M}"
    for row, (day, openings) in enumerate(sorted(schedule.exceptions.items())):
        fields[f"day-{row}-date"] = day.isoformat()
        fields.update(_slots(f"day-{row}", openings))
    return fields


def read_entered(fields: Mapping[str, str], size: Size) -> Entered:
    """Read a form. Empty openings mean closed; an empty row says nothing."""
    reader = _Reader(fields, size)
    week = {weekday: found for weekday in range(len(WEEKDAYS)) if (found := reader.openings(f"week-{weekday}"))}
    late = reader.late(week)
    return Entered(Schedule(week, late, reader.exceptions()), reader.faults)


def _slots(prefix: str, openings: tuple[Opening, ...]) -> dict[str, str]:
    fields = {}
    for slot, opening in enumerate(openings):
        fields[f"{prefix}-{slot}-opens"] = f"{opening.opens:%H:%M}"
        fields[f"{prefix}-{slot}-closes"] = f"{opening.closes:%H:%M}"
    return fields


class _Reader:
    def __init__(self, fields: Mapping[str, str], size: Size) -> None:
        self._fields, self._size = fields, size
        self.faults: dict[str, str] = {}

    def openings(self, prefix: str) -> tuple[Opening, ...]:
        found = [(slot, self._opening(f"{prefix}-{slot}")) for slot in range(self._size.slots)]
        there = [(slot, opening) for slot, opening in found if opening]
        for (_, before), (slot, after) in pairwise(there):
            if after.opens < before.closes:
                self.faults.setdefault(f"{prefix}-{slot}-opens", "overlaps")
        return tuple(opening for _, opening in there)

    def late(self, week: Mapping[int, tuple[Opening, ...]]) -> dict[int, time]:
        late = {}
        for weekday in range(len(WEEKDAYS)):
            field = f"late-{weekday}"
            at = self._time(field)
            if at is None:
                continue
            late[weekday] = at
            openings = week.get(weekday, ())
            # As long as no week is entered, a late evening that is known already may stand alone.
            if week and not openings and not self._is_faulty(f"week-{weekday}-"):
                self.faults[field] = "late_closed"
            elif openings and at <= openings[-1].closes:
                self.faults[field] = "late_early"
        return late

    def exceptions(self) -> dict[date, tuple[Opening, ...]]:
        found: dict[date, tuple[Opening, ...]] = {}
        for row in range(self._size.days):
            prefix = f"day-{row}"
            if self._text(f"{prefix}-gone"):
                continue
            openings, field = self.openings(prefix), f"{prefix}-date"
            if not self._text(field):
                if openings or self._is_faulty(f"{prefix}-"):
                    self.faults[field] = "date_missing"
                continue
            day = date_in(self._text(field))
            if day is None or day.year not in _YEARS:
                self.faults[field] = "date"
            elif day in found:
                self.faults[field] = "date_twice"
            else:
                found[day] = openings
        return found

    def _opening(self, prefix: str) -> Opening | None:
        first, last = f"{prefix}-opens", f"{prefix}-closes"
        opens, closes = self._time(first), self._time(last)
        if opens and closes:
            if closes <= opens:
                self.faults[last] = "ends_first"
                return None
            return Opening(opens, closes)
        for field, other in ((first, closes), (last, opens)):
            if other and not self._text(field):
                self.faults[field] = "missing"
        return None

    def _time(self, field: str) -> time | None:
        text = self._text(field)
        if not text:
            return None
        found = time_in(text)
        if found is None:
            self.faults[field] = "time"
        return found

    def _text(self, field: str) -> str:
        return self._fields.get(field, "").strip()

    def _is_faulty(self, prefix: str) -> bool:
        return any(field.startswith(prefix) for field in self.faults)
