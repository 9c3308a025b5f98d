"""Fills in the callback form as a visitor would."""

from __future__ import annotations

from bot.services.handoff.person_turns import Checked
from tests.services.handoff.conftest import HandoffDoor

ANSWERS = (
    ("text", "Ada Lovelace"),
    ("choice", "callback:way/telephone"),
    ("text", "+33 6 12 34 56 78"),
    ("choice", "callback:when/morning"),
    ("text", "How do I become a teacher?"),
    ("choice", "callback:language/fr"),
)


def fill_in(desk: HandoffDoor, contact: str, until: int = len(ANSWERS)) -> str:
    """Begin and answer so many steps; the last words."""
    said = desk.told(contact, choice="callback:start")
    for kind, value in ANSWERS[:until]:
        said = desk.told(contact, checked=Checked(), **{kind: value})
    return said
