"""Reads a calendar (iCalendar, RFC 5545): recurrences, exceptions, cancellations and time zones become dates.

The calendar libraries do the arithmetic. Here, every event is read by itself, so that a broken one is told by its
line and the others stay; a time without a zone is one of Brussels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import recurring_ical_events
from icalendar import Calendar
from icalendar import Event as IcalEvent

from bot.services.agenda.activity import Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.sources.entry import Entry, occurrence_keys
from bot.services.agenda.sources.ical_blocks import EventBlock, cut_into_blocks
from bot.services.agenda.sources.ical_event import entry_of
from bot.services.agenda.sources.known_words import known_words
from bot.services.agenda.sources.plain import decoded
from bot.services.agenda.sources.reading import (
    MOST_OCCURRENCES,
    Material,
    Reading,
    Rejected,
    Remark,
    activity_id,
)

#: An event of the library; what its properties are is only known while running.
Event = Any

_DATES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_TELL_EVERY = 100
_WITHOUT_END = timedelta(hours=1)


#: An event, its start and end, and for an exception the start that was planned.
_Date = tuple[Event, datetime, datetime, datetime | None]


class _NotTaken(Exception):
    """An event that is rejected, with the property that is at fault."""

    def __init__(self, reason: str, property_name: str = "BEGIN") -> None:
        super().__init__(reason)
        self.reason, self.property_name = reason, property_name


@dataclass(frozen=True)
class _Read:
    block: EventBlock
    event: Event
    uid: str

    @property
    def is_exception(self) -> bool:
        return "RECURRENCE-ID" in self.event

    @property
    def repeats(self) -> bool:
        return "RRULE" in self.event or "RDATE" in self.event


def read_ical(material: Material) -> Reading:
    """The activities of a calendar within the stretch of time. Raises SourceBroken."""
    blocks = cut_into_blocks(decoded(material.content), material)
    try:
        frame = Calendar.from_ical(blocks.frame)  # also makes the time zones of this calendar known
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise material.broken(1, f"the calendar cannot be read ({error})") from None
    rejected: list[Rejected] = list(blocks.rejected)
    remarks: list[Remark] = []
    series: dict[str, list[_Read]] = {}
    for number, block in enumerate(blocks.events):
        if number % _TELL_EVERY == 0:
            material.progress(number, len(blocks.events))
        try:
            read = _read_event(block)
        except _NotTaken as error:
            line = block.line_of(error.property_name)
            rejected.append(material.rejected(line, error.reason, block.value_of("UID")))
        else:
            series.setdefault(read.uid, []).append(read)
    activities: list[Activity] = []
    for group in series.values():
        for members in _told_apart(group, material, rejected, remarks):
            try:
                activities.extend(_activities_of(members, frame, material, remarks))
            except _NotTaken as error:
                line = members[0].block.line_of(error.property_name)
                rejected.append(material.rejected(line, error.reason, members[0].uid))
    return Reading(tuple(activities), tuple(rejected), tuple(remarks))


def _read_event(block: EventBlock) -> _Read:
    try:
        event = IcalEvent.from_ical(block.text)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise _NotTaken(f"the event cannot be read ({error})") from None
    for name, reason in event.errors:
        if name is None:
            raise _NotTaken(f"the event cannot be read ({reason})")
        if name in _DATES:
            raise _NotTaken(f"{name} is no date or rule that exists ({block.value_of(name)})", name)
    if "DTSTART" not in event:
        raise _NotTaken("the event has no start (DTSTART)")
    if isinstance(event["DTSTART"], list):
        raise _NotTaken("the event has more than one start (DTSTART)", "DTSTART")
    start, end = _span(event)
    if end < start:
        raise _NotTaken("the end is before the start", "DTEND")
    for rule in _listed(event.get("RRULE")):
        if _TOO_OFTEN.intersection(str(part).upper() for part in rule.get("FREQ", [])):
            raise _NotTaken("the event repeats more often than daily", "RRULE")
    uid = str(event.get("UID") or "").strip()
    return _Read(block, event, uid or activity_id("", str(event.get("SUMMARY")), start.isoformat()))


def _told_apart(
    group: list[_Read], material: Material, rejected: list[Rejected], remarks: list[Remark]
) -> Iterator[list[_Read]]:
    """An activity with its exceptions. Of two with one UID and start the newer stands; other starts stay apart."""
    masters: dict[datetime, _Read] = {}
    exceptions = [read for read in group if read.is_exception]
    for read in (read for read in group if not read.is_exception):
        start = _span(read.event)[0]
        other = masters.get(start)
        if other is None:
            masters[start] = read
            continue
        newer, older = (read, other) if _version(read) >= _version(other) else (other, read)
        masters[start] = newer
        reason = f"the same UID and start as on line {newer.block.line}, which is taken"
        rejected.append(material.rejected(older.block.line, reason, older.uid))
    versions = {_sequence(read.event) for read in masters.values()}
    if len(masters) > 1 and len(versions) > 1:  # updates of one event: the last number counts
        newest = max(masters.values(), key=lambda read: _version(read))
        for read in masters.values():
            if read is not newest:
                reason = f"an older version (SEQUENCE) of the event on line {newest.block.line}"
                rejected.append(material.rejected(read.block.line, reason, read.uid))
        masters = {_span(newest.event)[0]: newest}
    for number, (start, read) in enumerate(masters.items()):
        if number:
            remarks.append(material.remark(read.block.line, "a UID that another event has; taken as one of its own"))
            yield [replace(read, uid=f"{read.uid} {start.astimezone(BRUSSELS):%Y%m%dT%H%M}")]
        else:
            yield [read, *exceptions]
    if not masters:
        yield exceptions


def _activities_of(
    members: list[_Read], frame: Calendar, material: Material, remarks: list[Remark]
) -> Iterable[Activity]:
    first = members[0]
    if not first.event.get("DTEND") and not first.event.get("DURATION") and not _is_all_day(first.event):
        remarks.append(material.remark(first.block.line, "no end is given; taken as one hour"))
    if len(members) == 1 and not first.repeats and not first.is_exception:
        start, end = _span(first.event)
        dates: list[_Date] = (
            [(first.event, start, end, None)] if end > material.first and start < material.last else []
        )
        keys = [""] * len(dates)
    else:
        dates = list(_dates_of(members, frame, material))
        keys = occurrence_keys([planned or start for _, start, _, planned in dates])
    known, source = known_words(), material.source
    of_series = _named(entry_of(first.event, first.uid, first.block.line, source, known).completed(source))
    for (event, start, end, planned), key in zip(dates, keys, strict=True):
        entry = of_series
        if planned:
            entry = _named(entry_of(event, first.uid, first.block.line, source, known).completed(source))
        moved_from = planned if planned and planned != start else None
        yield entry.at(source, start, end, key, _is_all_day(event), moved_from)


def _named(entry: Entry) -> Entry:
    if not entry.titles:
        raise _NotTaken("the event has no title (SUMMARY)")
    return entry


def _dates_of(members: list[_Read], frame: Calendar, material: Material) -> Iterator[_Date]:
    """The dates of a series, by the start that was planned."""
    calendar = Calendar()
    for name in ("PRODID", "VERSION", "X-WR-TIMEZONE"):
        if name in frame:
            calendar[name] = frame[name]
    for read in members:
        calendar.add_component(read.event)
    try:
        query = recurring_ical_events.of(calendar)
        found = query.between(material.first, material.last)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise _NotTaken(f"its dates cannot be worked out ({error})", "RRULE") from None
    if len(found) > MOST_OCCURRENCES:
        raise _NotTaken(f"the event has more than {MOST_OCCURRENCES} dates", "RRULE")
    exceptions = {_moment(read.event["RECURRENCE-ID"].dt) for read in members if read.is_exception}
    dates = []
    for event in found:
        start, end = _span(event)
        planned = _moment(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else start
        dates.append((event, start, end, planned if planned in exceptions else None))
    yield from sorted(dates, key=lambda one: one[3] or one[1])


def _span(event: Event) -> tuple[datetime, datetime]:
    """Start and end as moments of UTC; an event without an end lasts a day or an hour."""
    begins = event["DTSTART"].dt
    start = _moment(begins)
    if "DTEND" in event:
        end = _moment(event["DTEND"].dt)
    elif "DURATION" in event:
        lasts = event["DURATION"].dt
        # Days go by the clock on the wall, hours by the one that never changes.
        end = _moment(begins + timedelta(days=lasts.days)) + timedelta(seconds=lasts.seconds)
    else:
        end = start
    if end == start:
        end = start + _WITHOUT_END if isinstance(begins, datetime) else _moment(begins + timedelta(days=1))
    return start, end


def _moment(value: Any) -> datetime:
    """A moment of UTC; a day begins at midnight in Brussels, and a time without a zone is one of Brussels."""
    if isinstance(value, datetime):
        local = value if value.tzinfo else value.replace(tzinfo=BRUSSELS)
    elif isinstance(value, date):
        local = datetime(value.year, value.month, value.day, tzinfo=BRUSSELS)
    else:
        raise _NotTaken("a start or an end is neither a day nor a time", "DTSTART")
    return local.astimezone(timezone.utc)


def _is_all_day(event: Event) -> bool:
    return not isinstance(event["DTSTART"].dt, datetime)


def _sequence(event: Event) -> int:
    try:
        return int(event.get("SEQUENCE") or 0)
    except (TypeError, ValueError):
        return 0


def _version(read: _Read) -> tuple[int, str]:
    """Grows with every newer version of an event."""
    changed = read.event.get("LAST-MODIFIED") or read.event.get("DTSTAMP")
    moment = getattr(changed, "dt", None)
    return _sequence(read.event), _moment(moment).isoformat() if moment else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
