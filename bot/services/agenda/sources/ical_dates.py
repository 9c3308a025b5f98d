"""Works out the dates of a series with the library of recurrences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import recurring_ical_events
from icalendar import Calendar

from bot.services.agenda.sources.ical_read import Event, NotTaken, ReadEvent, moment, span
from bot.services.agenda.sources.reading import MOST_OCCURRENCES, Material

#: An event, its start and end, and for an exception the start that was planned.
DateOfSeries = tuple[Event, datetime, datetime, datetime | None]


def dates_of(members: list[ReadEvent], frame: Calendar, material: Material) -> Iterator[DateOfSeries]:
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
    except Exception as error:  # the library stumbles over broken rules in every possible way
        raise NotTaken(f"its dates cannot be worked out ({error})", "RRULE") from None
    if len(found) > MOST_OCCURRENCES:
        raise NotTaken(f"the event has more than {MOST_OCCURRENCES} dates", "RRULE")
    exceptions = {moment(read.event["RECURRENCE-ID"].dt) for read in members if read.is_exception}
    dates = []
    for event in found:
        start, end = span(event)
        planned = moment(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else start
        dates.append((event, start, end, planned if planned in exceptions else None))
    yield from sorted(dates, key=lambda one: one[3] or one[1])
