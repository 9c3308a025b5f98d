"""Bytes of sources for the readers' tests, read on Monday 23 November 2026."""

from __future__ import annotations

from typing import Any

from bot.services.agenda.horizon import horizon
from bot.services.agenda.sources.reading import Defaults, Material, Reading, Source
from tests.services.agenda.builders import moment

NOW = moment("2026-11-23 10:00")
#: A workshop on five Mondays.
WEEKLY = """
UID:cv
SUMMARY:Atelier CV
DTSTART;TZID=Europe/Brussels:20261123T140000
DTEND;TZID=Europe/Brussels:20261123T160000
RRULE:FREQ=WEEKLY;COUNT=5
"""


def material(content: str | bytes, kind: str = "ical", name: str = "agenda.ics", **defaults: Any) -> Material:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    source = Source("centre", kind, address=f"https://example.org/{name}", defaults=Defaults(**defaults))
    return Material(source, raw, *horizon(NOW))


def calendar(*events: str, before: str = "") -> str:
    """A calendar of these events; each is its properties, one a line."""
    inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{before}{inside}END:VCALENDAR\n"


def reasons(reading: Reading) -> list[tuple[int | None, str]]:
    return [(one.line, one.reason) for one in reading.rejected]


def starts(reading: Reading) -> list[str]:
    return [f"{one.start:%Y-%m-%d %H:%M}" for one in reading.activities]
