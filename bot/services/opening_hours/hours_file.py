"""Reads the opening hours from `data/centre.yml`; a fault is named by file and line."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.opening_hours.hours import Hours
from bot.services.opening_hours.schedule import WEEKDAYS, Opening, Schedule

SECTION = "hours"
_KEYS = frozenset({"week", "late", "exceptions"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
CLOSED = "closed"


def read_hours(path: Path) -> Hours | None:
    """The hours, or None as long as no week is entered. Raises YamlFileError."""
    schedule = schedule_in(read_mapping(path), path)
    return Hours(schedule) if any(schedule.week.values()) else None


def schedule_in(content: Mapping, path: Path) -> Schedule:
    """What a file's section says, also without a week. Raises YamlFileError."""
    section = content.get(SECTION)
    if section is None:
        return Schedule({})
    if not isinstance(section, Mapping):
        raise YamlFileError(path, content.line_of(SECTION), "hours should hold week, late and exceptions")
    for key in section:
        if key not in _KEYS:
            raise YamlFileError(path, section.line_of(key), f"{key!r} is none of week, late and exceptions")
    late = {_weekday(path, days, day): _time(path, days, day) for days, day in _entries(path, section, "late")}
    exceptions = {
        _date(path, days, day): _openings(path, days, day) for days, day in _entries(path, section, "exceptions")
    }
    week = {_weekday(path, days, day): _openings(path, days, day) for days, day in _entries(path, section, "week")}
    return Schedule(week, late, exceptions)


def _entries(path: Path, section: Mapping, key: str) -> list[tuple[Mapping, Any]]:
    days = section.get(key)
    if days is None:
        return []
    if not isinstance(days, Mapping):
        raise YamlFileError(path, section.line_of(key), f"{key} should hold one entry for each day")
    return [(days, day) for day in days]


def _weekday(path: Path, days: Mapping, day: Any) -> int:
    if day not in WEEKDAYS:
        raise YamlFileError(path, days.line_of(day), f"{day!r} is none of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(day)


def _date(path: Path, days: Mapping, day: Any) -> date:
    try:
        if isinstance(day, str) and _DAY.fullmatch(day):
            return date.fromisoformat(day)
    except ValueError:
        pass
    raise YamlFileError(path, days.line_of(day), f'{day!r} should be a day like "2026-12-24"')


def _openings(path: Path, days: Mapping, day: Any) -> tuple[Opening, ...]:
    value, line = days[day], days.line_of(day)
    if value == CLOSED:
        return ()
    if not isinstance(value, list) or not value:
        raise YamlFileError(path, line, f'{day} should be a list like ["09:00-12:30", "13:30-17:00"], or closed')
    openings = tuple(_opening(path, line, entry) for entry in value)
    for before, after in pairwise(openings):
        if after.opens < before.closes:
            raise YamlFileError(path, line, f"{day}: an opening begins before the one before it ends")
    return openings


def _opening(path: Path, line: int, entry: Any) -> Opening:
    opens, dash, closes = entry.partition("-") if isinstance(entry, str) else ("", "", "")
    first, last = _TIME.fullmatch(opens.strip()), _TIME.fullmatch(closes.strip())
    if not dash or not first or not last:
        raise YamlFileError(path, line, f'{entry!r} should be two times like "09:00-12:30"')
    opening = Opening(time(int(first[1]), int(first[2])), time(int(last[1]), int(last[2])))
    if opening.closes <= opening.opens:
        raise YamlFileError(path, line, f"{entry!r} ends before it begins")
    return opening


def _time(path: Path, days: Mapping, day: Any) -> time:
    value = days[day]
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise YamlFileError(path, days.line_of(day), f'{day} should be a time in quotes like "19:00"')
    return time(int(found[1]), int(found[2]))
