"""Who waits and who is there, in short words for the tests of the hand-off."""

from __future__ import annotations

from pathlib import Path

from bot.services.opening_hours.hours_file import read_hours
from tests.services.handoff.conftest import HandoffDoor

#: An example, not the hours of the centre. The clock of the tests begins on Friday 27 November at 10:00.
HOURS = 'hours:\n  week:\n    monday: ["09:00-17:00"]\n    friday: ["09:00-12:30"]\n'


def with_hours(desk: HandoffDoor, folder: Path) -> None:
    path = folder / "centre.yml"
    path.write_text(HOURS, encoding="utf-8")
    desk.use(read_hours(path))


def in_queue(desk: HandoffDoor, language: str = "en") -> tuple[str, str]:
    """A contact who waits, and their hand-off."""
    contact = desk.new_contact(language)
    desk.told(contact, choice="human", language=language)
    (mine,) = (one for one in desk.handoffs.list_waiting() if one.contact_id == contact)
    return contact, mine.handoff_id


def spoken(desk: HandoffDoor, contact: str) -> list[str]:
    """Roles of all messages so far."""
    return [line.role for line in desk.service.transcript(contact)]
