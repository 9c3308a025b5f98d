"""A callback with an appointment: the promise holds for the first sign of life, then the appointed moment counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.services.callback.appointments import Appointments
from bot.services.callback.callbacks import Callback, UnknownReference
from bot.services.handoff.states import CALLBACK_MISSED, CALLBACK_OPEN, NotPossible
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.filling_in import fill_in

HOUR = 60


@pytest.fixture
def reference(desk: HandoffDoor) -> str:
    contact = desk.new_contact()
    fill_in(desk, contact)
    desk.told(contact, choice="callback:send")
    return desk.callbacks.list()[0].reference


def appoint(desk: HandoffDoor, reference: str, hours: float, is_told: bool, why: str = "wished") -> datetime:
    at = desk.clock() + timedelta(hours=hours)
    Appointments(desk.database, desk.clock).appoint(reference, "zoe", at, why, is_told)
    return at


def after(desk: HandoffDoor, hours: float, reference: str) -> Callback:
    """How it stands after so many hours, each with its upkeep."""
    desk.clock.pass_minutes(HOUR * hours)
    desk.upkeep.run()
    desk.upkeep.run()
    return desk.callbacks.show(reference)


def test_agreed_with_the_person_the_appointment_counts_and_the_promise_is_kept(
    desk: HandoffDoor, reference: str
) -> None:
    deadline = desk.callbacks.show(reference).deadline

    at = appoint(desk, reference, 72, is_told=True)

    shown = desk.callbacks.show(reference)
    assert (shown.due, shown.deadline, shown.appointed_at) == (at, deadline, at)
    assert after(desk, 49, reference).state == CALLBACK_OPEN
    assert desk.notices() == ["callback"]
    assert not after(desk, 12, reference).is_late(desk.clock())
    assert desk.notices() == ["callback", "reminder"]
    after(desk, 9.5, reference)
    assert desk.notices() == ["callback", "reminder", "reminder"]
    late = after(desk, 2, reference)
    assert (late.state, late.is_late(desk.clock())) == (CALLBACK_MISSED, True)
    assert desk.notices()[-1] == "missed"


def test_until_the_person_has_heard_from_us_the_deadline_holds(desk: HandoffDoor, reference: str) -> None:
    deadline = desk.callbacks.show(reference).deadline
    at = appoint(desk, reference, 72, is_told=False)
    assert desk.callbacks.show(reference).due == deadline

    Appointments(desk.database, desk.clock).told(reference, "jan")

    shown = desk.callbacks.show(reference)
    assert (shown.due, shown.heard_at) == (at, desk.clock())
    assert [(act.kind, act.by) for act in shown.acts] == [("appointed", "zoe"), ("told", "jan")]
    assert shown.acts[0].detail == {"at": at.isoformat(), "why": "wished", "is_told": False}


def test_an_appointment_before_the_deadline_comes_first_also_untold(desk: HandoffDoor, reference: str) -> None:
    at = appoint(desk, reference, 5, is_told=False)

    assert desk.callbacks.show(reference).due == at
    assert after(desk, 6, reference).state == CALLBACK_MISSED


def test_an_appointment_that_is_near_reminds_once_and_not_twice(desk: HandoffDoor, reference: str) -> None:
    appoint(desk, reference, 1, is_told=True)
    after(desk, 0.1, reference)
    assert desk.notices() == ["callback"], "whoever has just set it knows"

    appoint(desk, reference, 10, is_told=True)
    after(desk, 0.1, reference)
    assert desk.notices() == ["callback"]
    after(desk, 8.5, reference)
    assert desk.notices() == ["callback", "reminder"]


def test_a_missed_callback_is_open_again_with_an_appointment(desk: HandoffDoor, reference: str) -> None:
    assert after(desk, 49, reference).state == CALLBACK_MISSED

    appoint(desk, reference, 3, is_told=True, why="not_reached")

    shown = desk.callbacks.show(reference)
    assert shown.state == CALLBACK_OPEN
    assert not shown.is_late(desk.clock())
    assert (shown.changes[-1].after, shown.changes[-1].by) == (CALLBACK_OPEN, "zoe")
    assert after(desk, 4, reference).state == CALLBACK_MISSED
    desk.callbacks.done(reference, "zoe", "answered")


def test_what_is_due_first_is_first_in_the_list(desk: HandoffDoor, reference: str) -> None:
    desk.clock.pass_minutes(1)
    contact = desk.new_contact()
    fill_in(desk, contact)
    desk.told(contact, choice="callback:send")
    other = next(one.reference for one in desk.callbacks.list() if one.reference != reference)
    assert [one.reference for one in desk.callbacks.list()] == [reference, other]

    appoint(desk, reference, 100, is_told=True)

    assert [one.reference for one in desk.callbacks.list()] == [other, reference]


def test_what_is_done_withdrawn_or_unknown_gets_no_appointment(desk: HandoffDoor, reference: str) -> None:
    desk.callbacks.done(reference, "zoe", "answered")

    with pytest.raises(NotPossible):
        appoint(desk, reference, 5, is_told=True)
    with pytest.raises(NotPossible):
        Appointments(desk.database, desk.clock).told(reference, "zoe")
    with pytest.raises(UnknownReference):
        appoint(desk, "AAA-AAA", 5, is_told=True)


def test_the_person_hears_of_it_in_the_chat_too(desk: HandoffDoor) -> None:
    contact = desk.new_contact()
    fill_in(desk, contact)
    desk.told(contact, choice="callback:send")
    (kept,) = desk.callbacks.list()
    Appointments(desk.database, desk.clock).appoint(
        kept.reference, "zoe", datetime.fromisoformat("2026-12-03T13:00:00+00:00"), "wished", True
    )

    said = desk.told(contact, choice="callback:start")

    assert "Your appointment is **Thursday 3 December, 2 pm**" in said


def test_lists_for_a_screen_hold_no_letters(desk: HandoffDoor, reference: str) -> None:
    appoint(desk, reference, 5, is_told=True)

    assert desk.callbacks.show(reference).masked().acts == ()
