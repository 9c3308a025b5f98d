"""Signing in: refused, throttled, recorded; sessions that end by idleness and in all."""

from __future__ import annotations

import threading

import pytest

from bot.services.staff.records import Refused, SignedIn, Throttled
from bot.services.staff.sessions import MOST_FOR_ACCOUNT, MOST_FROM_ADDRESS
from tests.services.staff.conftest import ADDRESS, PASSWORD, StaffDoor


def opened(staff: StaffDoor) -> str:
    """The token of a new session."""
    found = staff.sessions.sign_in("zoe", PASSWORD, ADDRESS)
    assert isinstance(found, SignedIn)
    return found.token


def test_a_session_ends_two_idle_hours_after_the_last_act(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    token = opened(staff)

    staff.clock.pass_minutes(119)
    assert staff.sessions.read(token) is not None
    staff.clock.pass_minutes(119)
    assert staff.sessions.read(token, is_act=False) is not None
    staff.clock.pass_minutes(1)

    assert staff.sessions.read(token) is None


def test_a_session_ends_after_twelve_hours_whatever_is_done(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    token = opened(staff)

    for _ in range(11):
        staff.clock.pass_minutes(60)
        assert staff.sessions.read(token) is not None
    staff.clock.pass_minutes(60)

    assert staff.sessions.read(token) is None


def test_signing_out_ends_this_session_alone(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    first, second = opened(staff), opened(staff)

    staff.sessions.end(first)

    assert staff.sessions.read(first) is None
    assert staff.sessions.read(second) is not None
    assert staff.sessions.read("") is None


@pytest.mark.parametrize("name", ["zoe", "nobody"])
def test_an_account_is_throttled_also_one_that_is_none(staff: StaffDoor, name: str) -> None:
    staff.with_password("zoe")
    for number in range(MOST_FOR_ACCOUNT):
        assert isinstance(staff.sessions.sign_in(name, "wrong", f"192.0.2.{number}"), Refused)

    assert isinstance(staff.sessions.sign_in(name, PASSWORD, "198.51.100.1"), Throttled)
    staff.clock.pass_minutes(16)
    later = staff.sessions.sign_in(name, PASSWORD, "198.51.100.1")
    assert isinstance(later, SignedIn if name == "zoe" else Refused)


def test_an_address_is_throttled_and_others_are_not(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    for number in range(MOST_FROM_ADDRESS):
        staff.sessions.sign_in(f"name{number}", "wrong", ADDRESS)

    assert isinstance(staff.sessions.sign_in("zoe", PASSWORD, ADDRESS), Throttled)
    assert isinstance(staff.sessions.sign_in("zoe", PASSWORD, "198.51.100.1"), SignedIn)


def test_guesses_at_once_are_counted_before_they_are_checked(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(staff.sessions.sign_in("zoe", "wrong", ADDRESS)))
        for _ in range(MOST_FOR_ACCOUNT + 4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == MOST_FOR_ACCOUNT + 4
    assert sum(isinstance(one, Refused) for one in found) <= MOST_FOR_ACCOUNT


def test_success_sets_the_count_of_the_account_back(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    for _ in range(2):
        for _ in range(MOST_FOR_ACCOUNT - 1):
            staff.sessions.sign_in("zoe", "wrong", "198.51.100.1")
        assert isinstance(staff.sessions.sign_in("zoe", PASSWORD, ADDRESS), SignedIn)


def test_every_try_is_recorded_with_what_became_of_it(staff: StaffDoor) -> None:
    zoe = staff.with_password("zoe")
    staff.sessions.sign_in("zoe", "wrong", ADDRESS)
    staff.sessions.sign_in("nobody", "wrong", ADDRESS)
    opened(staff)

    record = [(row.staff_id, row.outcome, row.address) for row in reversed(staff.sessions.record())]

    assert record == [
        (zoe.id, "link", ADDRESS),
        (zoe.id, "refused", ADDRESS),
        (None, "refused", ADDRESS),
        (zoe.id, "ok", ADDRESS),
    ]
    staff.clock.pass_minutes(91 * 24 * 60)
    opened(staff)
    assert len(staff.sessions.record()) == 1
