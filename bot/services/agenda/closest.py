"""When nothing fits a request: which filter leaves nothing over, and what comes closest without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, combinations

from bot.services.agenda.activity import Activity
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.request.filters import Filters

#: The filters from the one that is given up most easily to the one that says what it is about.
_FIELDS: dict[str, tuple[str, ...]] = {
    "hours": ("earliest", "latest"),
    "weekdays": ("weekdays",),
    "dates": ("begins", "ends"),
    "mode": ("mode",),
    "languages": ("languages",),
    "audience": ("audience",),
    "theme": ("theme",),
    "text": ("text",),
}
#: What the person wants to learn; the others are circumstances.
_ABOUT = frozenset({"theme", "text"})


@dataclass(frozen=True)
class Closest:
    """`without` names the filters that were given up, as few as can be; none when nothing is upcoming at all."""

    activities: list[Activity]
    without: tuple[str, ...] = ()
    is_past: bool = False


def closest(agenda: Agenda, filters: Filters, now: datetime, limit: int) -> Closest:
    """What comes closest to a request that nothing fits."""
    asked = [name for name in _FIELDS if _is_asked(filters, name, now)]
    is_past = filters.ends is not None and filters.ends < now
    for names in chain([("dates",)] if is_past else [], _groups(asked)):
        found = _without(agenda, filters, names, now, limit)
        if found:
            return Closest(found, names, is_past and "dates" in names)
    return Closest([])


def _groups(asked: list[str]) -> list[tuple[str, ...]]:
    """What may be given up together: first only circumstances, as few as can be; then also what it is about."""
    groups = [group for size in range(1, len(asked) + 1) for group in combinations(asked, size)]
    return sorted(groups, key=lambda group: bool(_ABOUT.intersection(group)))


def _is_asked(filters: Filters, name: str, now: datetime) -> bool:
    if name == "dates":
        return filters.ends is not None or (filters.begins is not None and filters.begins > now)
    return any(getattr(filters, field) for field in _FIELDS[name])


def _without(agenda: Agenda, filters: Filters, names: Sequence[str], now: datetime, limit: int) -> list[Activity]:
    others = filters.without(*(field for name in names if name != "dates" for field in _FIELDS[name]))
    if "hours" in names:
        others = _on_whole_days(others, now)
    if "dates" not in names:
        return agenda.find(others, now, limit).activities
    later = agenda.find(replace(others, ends=None), now, limit).activities
    if later or filters.begins is None or filters.begins <= now:
        return later
    # Nothing after the period either: the last ones before it.
    before = replace(others, begins=None, ends=filters.begins)
    total = agenda.find(before, now, 0).total
    return agenda.find(before, now, limit, max(0, total - limit)).activities


def _on_whole_days(filters: Filters, now: datetime) -> Filters:
    """A period of some hours within a day becomes that day, as far as it is not over."""
    begins, ends = filters.begins, filters.ends
    if begins:
        begins = max(begins.astimezone(BRUSSELS).replace(hour=0, minute=0, second=0), now)
    if ends:
        ends = ends.astimezone(BRUSSELS).replace(hour=23, minute=59, second=59)
    return replace(filters, begins=begins, ends=ends)
