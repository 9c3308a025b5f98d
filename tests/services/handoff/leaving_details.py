"""Leaves the details of a callback, by each way, as a visitor would."""

from __future__ import annotations

from bot.services.callback.callbacks import Callback
from bot.services.handoff.person_turns import Checked
from bot.store import callback_rows
from tests.services.handoff.conftest import HandoffDoor

ADDRESSES = {"email": "ada@example.org", "video": "ada@example.org", "telephone": "+33 6 12 34 56 78"}


def leave_details(
    desk: HandoffDoor,
    way: str = "email",
    language: str = "fr",
    name: str = "Ada Lovelace",
    question: str = "How do I become a teacher?",
) -> Callback:
    """A callback that is open."""
    before = {one.reference for one in desk.callbacks.list()}
    contact = desk.new_contact()
    steps = [
        ("choice", "callback:start"),
        ("text", name),
        ("choice", f"callback:way/{way}"),
        ("text", ADDRESSES[way]),
    ]
    if way != "email":
        steps.append(("choice", "callback:when/any"))
    steps += [("text", question), ("choice", f"callback:language/{language}"), ("choice", "callback:send")]
    for kind, value in steps:
        desk.told(contact, checked=Checked(), **{kind: value})
    (made,) = (one for one in desk.callbacks.list() if one.reference not in before)
    return made


def contact_of(desk: HandoffDoor, callback: Callback) -> str:
    """Whose callback it is."""
    with desk.database.reading() as connection:
        found = callback_rows.by_reference(connection, callback.reference)
    assert found
    return found[0].contact_id
