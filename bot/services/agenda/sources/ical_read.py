"""Reads one event of a calendar with the calendar library and says what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from icalendar import Event as IcalEvent

from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.sources.ical_blocks import EventBlock
from bot.services.agenda.sources.reading import activity_id

#: An event of the library; what its properties are is only known while running.
Event = Any

_DATES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_WITHOUT_END = timedelta(hours=1)


class NotTaken(Exception):
    """An event that is rejected, with the property that is at fault."""

    def __init__(self, reason: str, property_name: str = "BEGIN") -> None:
        super().__init__(reason)
        self.reason, self.property_name = reason, property_name


@dataclass(frozen=True)
class ReadEvent:
    """An event with its lines and the name of its series."""

    block: EventBlock
    event: Event
    uid: str

    @property
    def is_exception(self) -> bool:
        """Whether it stands for one date of a series."""
        return "RECURRENCE-ID" in self.event

    @property
    def repeats(self) -> bool:
        """Whether it has more than one date."""
        return "RRULE" in self.event or "RDATE" in self.event


def read_event(block: EventBlock) -> ReadEvent:
    """Read the lines of one event. Raises NotTaken."""
    try:
        return _checked(block, IcalEvent.from_ical(block.text))
    except NotTaken:
        raise
    except Exception as error:  # the library stumbles over broken properties in every possible way
        raise NotTaken(f"the event cannot be read ({error})") from None


def _checked(block: EventBlock, event: Event) -> ReadEvent:
    for name, reason in event.errors:
        if name is None:
            raise NotTaken(f"the event cannot be read ({reason})")
        if name in _DATES:
            raise NotTaken(f"{name} is no date or rule that exists ({block.value_of(name)})", name)
    if "DTSTART" not in event:
        raise NotTaken("the event has no start (DTSTART)")
    for name in _ONCE:
        if isinstance(event.get(name), list):
            raise NotTaken(f"the event has {name} more than once", name)
    start, end = span(event)
    if end < start:
        raise NotTaken("the end is before the start", "DTEND")
    for rule in _listed(event.get("RRULE")):
        if _TOO_OFTEN.intersection(str(part).upper() for part in rule.get("FREQ", [])):
            raise NotTaken("the event repeats more often than daily", "RRULE")
        if any(int(step) < 1 for step in rule.get("INTERVAL", [])):
            raise NotTaken("the event repeats without ever going on (INTERVAL)", "RRULE")
    uid = str(event.get("UID") or "").strip()
    return ReadEvent(block, event, uid or activity_id("", str(event.get("SUMMARY")), start.isoformat()))


def span(event: Event) -> tuple[datetime, datetime]:
    """Start and end as moments of UTC; an event without an end lasts a day or an hour."""
    begins = event["DTSTART"].dt
    start = moment(begins)
    if "DTEND" in event:
        end = moment(event["DTEND"].dt)
    elif "DURATION" in event:
        lasts = event["DURATION"].dt
        # Days go by the clock on the wall, hours by the one that never changes.
        end = moment(begins + timedelta(days=lasts.days)) + timedelta(seconds=lasts.seconds)
    else:
        end = start
    if end == start:
        end = start + _WITHOUT_END if isinstance(begins, datetime) else moment(begins + timedelta(days=1))
    return start, end


def moment(value: Any) -> datetime:
    """A moment of UTC; a day begins at midnight in Brussels, and a time without a zone is one of Brussels."""
    if isinstance(value, datetime):
        local = value if value.tzinfo else value.replace(tzinfo=BRUSSELS)
    elif isinstance(value, date):
        local = datetime(value.year, value.month, value.day, tzinfo=BRUSSELS)
    else:
        raise NotTaken("a start or an end is neither a day nor a time", "DTSTART")
    return local.astimezone(timezone.utc)


def unknown_zone(event: Event) -> str | None:
    """The name of the start's time zone when nobody knows it."""
    name = event["DTSTART"].params.get("TZID")
    value = event["DTSTART"].dt
    return str(name) if name and isinstance(value, datetime) and value.tzinfo is None else None


def is_all_day(event: Event) -> bool:
    """Whether it has days and no hours."""
    return not isinstance(event["DTSTART"].dt, datetime)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
