"""Reads a calendar (iCalendar, RFC 5545): recurrences, exceptions, cancellations and time zones become dates.

The calendar libraries do the arithmetic. Here, every event is read by itself, so that a broken one is told by its
line and the others stay; a time without a zone is one of Brussels.
"""

from __future__ import annotations

from collections.abc import Iterator

from icalendar import Calendar

from bot.services.agenda.activity import Activity
from bot.services.agenda.sources.entry import Entry, occurrence_keys
from bot.services.agenda.sources.ical_blocks import cut_into_blocks
from bot.services.agenda.sources.ical_dates import DateOfSeries, dates_of
from bot.services.agenda.sources.ical_event import entry_of
from bot.services.agenda.sources.ical_read import NotTaken, ReadEvent, is_all_day, read_event, span, unknown_zone
from bot.services.agenda.sources.ical_versions import told_apart
from bot.services.agenda.sources.known_words import known_words
from bot.services.agenda.sources.plain import decoded
from bot.services.agenda.sources.reading import Material, Reading, Rejected, Remark

_TELL_EVERY = 100


def read_ical(material: Material) -> Reading:
    """The activities of a calendar within the stretch of time. Raises SourceBroken."""
    blocks = cut_into_blocks(decoded(material.content), material)
    try:
        frame = Calendar.from_ical(blocks.frame)  # also makes the time zones of this calendar known
    except Exception as error:  # the library stumbles over broken properties in every possible way
        raise material.broken(1, f"the calendar cannot be read ({error})") from None
    rejected: list[Rejected] = list(blocks.rejected)
    remarks: list[Remark] = []
    series: dict[str, list[ReadEvent]] = {}
    for number, block in enumerate(blocks.events):
        if number % _TELL_EVERY == 0:
            material.progress(number, len(blocks.events))
        try:
            read = read_event(block)
        except NotTaken as error:
            line = block.line_of(error.property_name)
            rejected.append(material.rejected(line, error.reason, block.value_of("UID")))
        else:
            series.setdefault(read.uid, []).append(read)
    activities: list[Activity] = []
    for group in series.values():
        for members in told_apart(group, material, rejected, remarks):
            try:
                activities.extend(list(_activities_of(members, frame, material, remarks)))
            except NotTaken as error:
                line = members[0].block.line_of(error.property_name)
                rejected.append(material.rejected(line, error.reason, members[0].uid))
    return Reading(tuple(activities), tuple(rejected), tuple(remarks))


def _activities_of(
    members: list[ReadEvent], frame: Calendar, material: Material, remarks: list[Remark]
) -> Iterator[Activity]:
    first = members[0]
    if not first.event.get("DTEND") and not first.event.get("DURATION") and not is_all_day(first.event):
        remarks.append(material.remark(first.block.line, "no end is given; taken as one hour"))
    if zone := unknown_zone(first.event):
        remarks.append(
            material.remark(first.block.line, f"the time zone {zone} is unknown; taken as that of Brussels")
        )
    if len(members) == 1 and not first.repeats and not first.is_exception:
        start, end = span(first.event)
        dates: list[DateOfSeries] = (
            [(first.event, start, end, None)] if end > material.first and start < material.last else []
        )
        keys = [""] * len(dates)
    else:
        dates = list(dates_of(members, frame, material))
        keys = occurrence_keys([planned or start for _, start, _, planned in dates])
    known, source = known_words(), material.source
    of_series = _named(entry_of(first.event, first.uid, first.block.line, source, known).completed(source))
    for (event, start, end, planned), key in zip(dates, keys, strict=True):
        entry = of_series
        if planned:
            entry = _named(entry_of(event, first.uid, first.block.line, source, known).completed(source))
        moved_from = planned if planned and planned != start else None
        yield entry.at(source, start, end, key, is_all_day(event), moved_from)


def _named(entry: Entry) -> Entry:
    if not entry.titles:
        raise NotTaken("the event has no title (SUMMARY)")
    return entry
