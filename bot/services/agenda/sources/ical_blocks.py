"""Cuts a calendar into its events, each with the line on which it begins, so that one bad event spoils no other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.services.agenda.sources.reading import Material, Rejected

#: Only these; a text may hold others, as U+2028.
_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_BEGIN, _END = "BEGIN:VEVENT", "END:VEVENT"


@dataclass(frozen=True)
class EventBlock:
    """The lines of one event; `line` is that of its BEGIN, counted from 1."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\r\n".join(self.lines) + "\r\n"

    def line_of(self, property_name: str) -> int:
        """The line of a property, or of the event when it has none."""
        for number, line in enumerate(self.lines):
            if re.match(rf"{re.escape(property_name)}[;:]", line, re.IGNORECASE):
                return self.line + number
        return self.line

    def value_of(self, property_name: str) -> str | None:
        """What stands behind a property, for an event that cannot be read as a whole."""
        at = self.line_of(property_name) - self.line
        return self.lines[at].partition(":")[2].strip() or None if at else None


@dataclass(frozen=True)
class CalendarBlocks:
    """`frame` is the calendar without its events: time zones and what holds for all."""

    frame: str
    events: tuple[EventBlock, ...]
    rejected: tuple[Rejected, ...]


def cut_into_blocks(text: str, material: Material) -> CalendarBlocks:
    """Cut the text of a calendar. Raises SourceBroken for what is none, or ends in the middle."""
    lines = _LINE_ENDS.split(text.rstrip("\r\n"))
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 1)
    if lines[first - 1].strip().upper() != "BEGIN:VCALENDAR":
        raise material.broken(first, "this is no calendar: it does not begin with BEGIN:VCALENDAR")
    frame: list[str] = []
    events: list[EventBlock] = []
    rejected: list[Rejected] = []
    begun: int | None = None
    for number, line in enumerate(lines, 1):
        mark = line.strip().upper()
        if mark in {_BEGIN, "END:VCALENDAR"} and begun:
            block = EventBlock(begun, tuple(lines[begun - 1 : number - 1]))
            rejected.append(material.rejected(begun, "the event has no END:VEVENT", block.value_of("UID")))
            begun = None
        if mark == _BEGIN:
            begun = number
        elif mark == _END and begun:
            events.append(EventBlock(begun, tuple(lines[begun - 1 : number])))
            begun = None
        elif not begun:
            frame.append(line)
    last = next(line for line in reversed(lines) if line.strip())
    if last.strip().upper() != "END:VCALENDAR":
        # A download that broke off: what is missing must not look cancelled.
        raise material.broken(len(lines), "the calendar ends in the middle: END:VCALENDAR is missing")
    return CalendarBlocks("\r\n".join(frame) + "\r\n", tuple(events), tuple(rejected))
