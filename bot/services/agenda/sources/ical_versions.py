"""Tells events of one UID apart: a series with its exceptions, newer and older versions, and others by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.sources.ical_read import Event, ReadEvent, moment, span
from bot.services.agenda.sources.reading import Material, Rejected, Remark


def told_apart(
    group: list[ReadEvent], material: Material, rejected: list[Rejected], remarks: list[Remark]
) -> Iterator[list[ReadEvent]]:
    """An activity with its exceptions. Of two with one UID and start the newer stands; other starts stay apart."""
    masters: dict[datetime, ReadEvent] = {}
    exceptions = [read for read in group if read.is_exception]
    for read in (read for read in group if not read.is_exception):
        start = span(read.event)[0]
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
        masters = {span(newest.event)[0]: newest}
    for number, (start, read) in enumerate(masters.items()):
        if number:
            remarks.append(material.remark(read.block.line, "a UID that another event has; taken as one of its own"))
            yield [replace(read, uid=f"{read.uid} {start.astimezone(BRUSSELS):%Y%m%dT%H%M}")]
        else:
            yield [read, *exceptions]
    if not masters:
        yield exceptions


def _sequence(event: Event) -> int:
    try:
        return int(event.get("SEQUENCE") or 0)
    except (TypeError, ValueError):
        return 0


def _version(read: ReadEvent) -> tuple[int, str]:
    """Grows with every newer version of an event."""
    changed = read.event.get("LAST-MODIFIED") or read.event.get("DTSTAMP")
    at = getattr(changed, "dt", None)
    return _sequence(read.event), moment(at).isoformat() if at else ""
