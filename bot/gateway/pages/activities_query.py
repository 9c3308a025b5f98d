"""Reads the parameters of /activities, /activities.json and /activities.ics: filters, page, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.activity import AUDIENCES, MODES, THEMES
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.present.address import WEEKDAYS
from bot.services.agenda.request.filters import Filters

T = TypeVar("T")

#: Parameters of the filters, and those of the page around them.
FILTER_NAMES = ("q", "from", "to", "after", "before", "days", "mode", "in", "theme", "audience")
PAGE_NAMES = ("language", "page", "limit")
MOST_WORDS = 200
MOST_PAGES = 1000
_MOST_VALUE = 100
#: Parameters that hold several values, with commas between or one each time.
_LISTS = frozenset({"in", "days"})
_FIRST_YEAR, _LAST_YEAR = 2000, 2100

#: Reads what a person wrote in words.
ReadWords = Callable[[str], Filters]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a parameter: `key` names a text, `names` fill it."""

    parameter: str
    key: str
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Query:
    """`given` are the raw values by name, to fill in the form again."""

    filters: Filters
    given: dict[str, str]
    page: int = 1
    limit: int | None = None
    faults: tuple[Fault, ...] = ()


def read_query(items: Iterable[tuple[str, str]], read_words: ReadWords, now: datetime, most: int) -> Query:
    """The query of an address; what is faulty is left out and named. `most` is the greatest `limit`."""
    reader = _Reader(items)
    words = reader.words()
    filters = read_words(words) if words else Filters()
    begins, ends = reader.day("from"), reader.day("to")
    if begins and ends and ends < begins:
        reader.fault("to", "agenda_fault_order")
        ends = None
    if begins or ends:
        filters = replace(filters, begins=_beginning(begins, now), ends=_end(ends))
    earliest, latest = reader.hour("after"), reader.hour("before")
    if earliest or latest:
        filters = replace(filters, earliest=earliest, latest=latest)
    days = tuple(sorted(WEEKDAYS.index(day) for day in reader.several("days", WEEKDAYS)))
    languages = reader.several("in", LANGUAGES)
    filters = replace(
        filters,
        weekdays=days or filters.weekdays,
        mode=reader.one_of("mode", MODES) or filters.mode,
        languages=languages or filters.languages,
        theme=reader.one_of("theme", THEMES) or filters.theme,
        audience=reader.one_of("audience", AUDIENCES) or filters.audience,
    )
    page = reader.number("page", MOST_PAGES) or 1
    limit = reader.number("limit", most)
    reader.one_of("language", LANGUAGES)
    reader.unknown()
    return Query(filters, reader.given, page, limit, tuple(reader.faults))


class _Reader:
    """The parameters one by one; empty ones count as not given, as a form sends them."""

    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        self.given: dict[str, str] = {}
        self.faults: list[Fault] = []
        for name, raw in items:
            value = raw.strip()
            if not value:
                continue
            if name in self.given and name in _LISTS:
                value = f"{self.given[name]},{value}"
            elif name in self.given:
                self.fault(name, "agenda_fault_twice")
                continue
            if name != "q" and len(value) > _MOST_VALUE:
                self.fault(name, "agenda_fault_long", count=str(_MOST_VALUE))
                continue
            self.given[name] = value

    def fault(self, name: str, key: str, **names: str) -> None:
        self.faults.append(Fault(name[:_MOST_VALUE], key, names))

    def words(self) -> str | None:
        value = self.given.get("q", "")
        if len(value) > MOST_WORDS:
            self.fault("q", "agenda_fault_long", count=str(MOST_WORDS))
            self.given["q"] = value[:MOST_WORDS]
            return None
        return value or None

    def day(self, name: str) -> date | None:
        def read(value: str) -> date:
            day = date.fromisoformat(value)
            if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
                raise ValueError("no year of an agenda")
            return day

        return self._read(name, read, "agenda_fault_day")

    def hour(self, name: str) -> time | None:
        return self._read(name, lambda value: datetime.strptime(value, "%H:%M").time(), "agenda_fault_time")

    def one_of(self, name: str, possible: tuple[str, ...]) -> str | None:
        value = self.given.get(name)
        if value is None or value in possible:
            return value
        self.fault(name, "agenda_fault_value", words=", ".join(possible))
        return None

    def several(self, name: str, possible: tuple[str, ...]) -> tuple[str, ...]:
        values = dict.fromkeys(part.strip() for part in self.given.get(name, "").split(",") if part.strip())
        if any(value not in possible for value in values):
            self.fault(name, "agenda_fault_value", words=", ".join(possible))
        return tuple(value for value in values if value in possible)

    def number(self, name: str, most: int) -> int | None:
        value = self.given.get(name)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= most:
            return int(value)
        self.fault(name, "agenda_fault_number", first="1", last=str(most))
        return None

    def unknown(self) -> None:
        """Parameters that nobody reads: a misspelt filter must not look as if it had been applied."""
        for name in self.given:
            if name not in FILTER_NAMES and name not in PAGE_NAMES:
                self.fault(name, "agenda_fault_unknown", words=", ".join((*FILTER_NAMES, *PAGE_NAMES)))

    def _read(self, name: str, read: Callable[[str], T], key: str) -> T | None:
        value = self.given.get(name)
        if value is None:
            return None
        try:
            return read(value)
        except ValueError:
            self.fault(name, key)
            return None


def _beginning(day: date | None, now: datetime) -> datetime | None:
    """The beginning of a day, or this moment when it is today: what is over is not asked for."""
    if day is None:
        return None
    return max(datetime.combine(day, time(0), BRUSSELS), now.astimezone(BRUSSELS))


def _end(day: date | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(0), BRUSSELS) - timedelta(seconds=1)
