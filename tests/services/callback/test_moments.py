"""Day and time of an appointment: in the time of Brussels, neither past nor too far."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.services.callback.moments import FARTHEST, BadMoment, read_moment

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)  # 10:00 in Brussels


@pytest.mark.parametrize("day", ["2026-12-03", "3/12/2026", "03.12.2026", " 3-12-2026 "])
@pytest.mark.parametrize("at", ["14:30", "14h30", "14.30", "14.30 u.", "14:30:00"])
def test_a_moment_is_read_in_the_time_of_brussels(day: str, at: str) -> None:
    assert read_moment(day, at, NOW) == datetime(2026, 12, 3, 13, 30, tzinfo=timezone.utc)


def test_in_summer_the_clock_is_two_hours_ahead() -> None:
    now = datetime(2026, 6, 1, tzinfo=timezone.utc)

    assert read_moment("2026-06-02", "9", now) == datetime(2026, 6, 2, 7, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("day", "at", "reason"),
    [
        ("2026-11-27", "10:00", "past"),
        ("2026-11-26", "14:00", "past"),
        ("2027-11-27", "10:00", "far"),
        ("31/11/2026", "10:00", "date"),
        ("tomorrow", "10:00", "date"),
        ("", "10:00", "date"),
        ("٣/12/2026", "10:00", "date"),
        ("2026-12-03", "", "time"),
        ("2026-12-03", "25:00", "time"),
        ("2026-12-03", "soon", "time"),
        ("0000-01-01", "10:00", "date"),
        ("9999-12-31", "23:59", "far"),
    ],
)
def test_what_cannot_be_is_named(day: str, at: str, reason: str) -> None:
    with pytest.raises(BadMoment) as caught:
        read_moment(day, at, NOW)

    assert caught.value.reason == reason


def test_the_first_and_the_last_moment_that_can_be() -> None:
    assert read_moment("2026-11-27", "10:01", NOW) - NOW == timedelta(minutes=1)
    last = NOW + FARTHEST
    assert read_moment(f"{last:%Y-%m-%d}", "10:00", NOW) == last


def test_an_hour_that_the_clock_leaves_out_does_not_exist() -> None:
    now = datetime(2026, 3, 20, tzinfo=timezone.utc)

    with pytest.raises(BadMoment) as caught:
        read_moment("2026-03-29", "02:30", now)

    assert caught.value.reason == "skipped"
    assert read_moment("2026-03-29", "03:00", now) == datetime(2026, 3, 29, 1, 0, tzinfo=timezone.utc)
