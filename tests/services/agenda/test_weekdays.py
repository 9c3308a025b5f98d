"""A request for days of the week ("weekends", "les mardis") finds what takes place on them."""

from __future__ import annotations

from bot.services.agenda.request.filters import Filters
from tests.services.agenda.builders import activity
from tests.services.agenda.test_search import found


def test_only_the_days_of_the_week_that_were_asked_for_are_found() -> None:
    saturday = activity("saturday", "2026-11-28 10:00")
    late_sunday = activity("late_sunday", "2026-11-29 23:30")
    monday = activity("monday", "2026-11-30 10:00")
    three_days = activity("three_days", "2026-12-03 00:00", 72)

    assert found(Filters(weekdays=(5, 6)), saturday, late_sunday, monday, three_days) == {
        "saturday",
        "late_sunday",
        "three_days",
    }
    assert found(Filters(weekdays=(0,)), saturday, late_sunday, monday, three_days) == {"monday"}
    assert found(Filters(), saturday, monday) == {"saturday", "monday"}
