"""What administrators type as opening hours: read, or named by field."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.services.opening_hours.entered import Size, as_fields, read_entered, size_for
from bot.services.opening_hours.schedule import Opening, Schedule

MORNING, AFTERNOON = Opening(time(9), time(12, 30)), Opening(time(13, 30), time(17))
SIZE = Size(2, 3)


def slot(prefix: str, opens: str, closes: str) -> dict[str, str]:
    return {f"{prefix}-opens": opens, f"{prefix}-closes": closes}


def test_a_form_shows_a_schedule_and_gives_it_back() -> None:
    three = (Opening(time(8), time(9)), Opening(time(10), time(11)), Opening(time(12), time(13)))
    schedule = Schedule(
        {0: (MORNING, AFTERNOON), 3: three}, {3: time(19)}, {date(2026, 12, 24): (MORNING,), date(2026, 12, 31): ()}
    )

    found = read_entered(as_fields(schedule), size_for(schedule))

    assert found.faults == {}
    assert found.schedule == schedule
    assert size_for(schedule) == Size(3, 4)
    assert size_for(Schedule({})) == Size(2, 2)


@pytest.mark.parametrize("text", ["9:00", "09:00", "9.00", "9h", "9 h", "9h00", "9", "9.00 u.", "09:00:00", " 9:00 "])
def test_a_time_may_be_written_as_people_write_it(text: str) -> None:
    found = read_entered(slot("week-0-0", text, "12:30"), SIZE)

    assert found.faults == {}
    assert found.schedule.week == {0: (MORNING,)}


@pytest.mark.parametrize("text", ["25:00", "9:60", "nine", "9:0", "-1", "٩:٠٠", "9:00pm", "<b>", "24:00"])
def test_what_is_no_time_is_named(text: str) -> None:
    assert read_entered(slot("week-0-0", text, "12:30"), SIZE).faults == {"week-0-0-opens": "time"}
    assert read_entered({"late-3": text}, SIZE).faults == {"late-3": "time"}


def test_the_second_opening_alone_is_as_good_as_the_first() -> None:
    assert read_entered(slot("week-0-1", "9:00", "12:30"), SIZE).schedule.week == {0: (MORNING,)}


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (slot("week-1-0", "9:00", ""), {"week-1-0-closes": "missing"}),
        (slot("week-1-0", "", "12:00"), {"week-1-0-opens": "missing"}),
        (slot("week-1-0", "12:00", "9:00"), {"week-1-0-closes": "ends_first"}),
        (slot("week-1-0", "9:00", "9:00"), {"week-1-0-closes": "ends_first"}),
        (
            {**slot("week-1-0", "9:00", "12:00"), **slot("week-1-1", "11:59", "17:00")},
            {"week-1-1-opens": "overlaps"},
        ),
        (
            {**slot("week-1-0", "13:00", "17:00"), **slot("week-1-1", "9:00", "12:00")},
            {"week-1-1-opens": "overlaps"},
        ),
        ({**slot("week-3-0", "9:00", "19:00"), "late-3": "19:00"}, {"late-3": "late_early"}),
        ({**slot("week-0-0", "9:00", "12:00"), "late-3": "19:00"}, {"late-3": "late_closed"}),
        ({"day-0-date": "31/02/2026"}, {"day-0-date": "date"}),
        ({"day-0-date": "tomorrow"}, {"day-0-date": "date"}),
        ({"day-0-date": "0026-12-24"}, {"day-0-date": "date"}),
        (slot("day-0-0", "9:00", "12:00"), {"day-0-date": "date_missing"}),
        ({"day-0-date": "2026-12-24", "day-2-date": "24/12/2026"}, {"day-2-date": "date_twice"}),
        ({"day-0-date": "2026-12-24", **slot("day-0-1", "x", "12:00")}, {"day-0-1-opens": "time"}),
    ],
)
def test_a_fault_is_named_by_its_field(fields: dict[str, str], faults: dict[str, str]) -> None:
    assert read_entered(fields, SIZE).faults == faults


def test_openings_that_touch_are_no_fault() -> None:
    fields = {**slot("week-1-0", "9:00", "12:00"), **slot("week-1-1", "12:00", "17:00")}

    assert read_entered(fields, SIZE).faults == {}


def test_a_late_evening_may_stand_alone_until_there_is_a_week() -> None:
    found = read_entered({"late-3": "19:00"}, SIZE)

    assert (found.faults, found.schedule.late) == ({}, {3: time(19)})


def test_a_row_that_is_taken_away_says_nothing_also_with_a_fault_in_it() -> None:
    fields = {"day-0-date": "nonsense", "day-0-gone": "1", "day-1-date": "24/12/2026", "day-9-date": "2026-12-25"}

    found = read_entered(fields, SIZE)

    assert found.faults == {}
    assert found.schedule.exceptions == {date(2026, 12, 24): ()}
