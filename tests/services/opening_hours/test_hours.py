"""Opening hours: breaks, the late Thursday, public holidays, days that differ, and the change of the clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError
from bot.services.opening_hours.hours import BRUSSELS, Hours, OpenState
from bot.services.opening_hours.hours_file import read_hours
from bot.services.opening_hours.schedule import is_public_holiday

#: An example, not the hours of the centre.
EXAMPLE = """
hours:
  week:
    monday: ["09:00-12:30", "13:30-17:00"]
    tuesday: ["09:00-12:30", "13:30-17:00"]
    wednesday: ["09:00-12:30"]
    thursday: ["09:00-12:30", "13:30-17:00"]
    friday: ["09:00-12:30"]
    saturday: closed
  late: {thursday: "19:00"}
  exceptions:
    "2026-12-24": ["10:00-12:00"]
    "2026-12-31": closed
    "2026-11-11": ["14:00-16:00"]
"""


@pytest.fixture
def hours(tmp_path: Path) -> Hours:
    found = read(tmp_path, EXAMPLE)
    assert found
    return found


def read(folder: Path, text: str) -> Hours | None:
    path = folder / "centre.yml"
    path.write_text(text, encoding="utf-8")
    return read_hours(path)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def local(state: OpenState) -> str:
    moment = state.until if state.is_open else state.next_opening
    assert moment
    word = "until" if state.is_open else "opens"
    return f"{word} {moment.astimezone(BRUSSELS):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-23 08:59", "opens 2026-11-23 09:00"),
        ("2026-11-23 09:00", "until 2026-11-23 12:30"),
        ("2026-11-23 12:30", "opens 2026-11-23 13:30"),
        ("2026-11-23 16:59", "until 2026-11-23 17:00"),
        ("2026-11-23 17:00", "opens 2026-11-24 09:00"),
        ("2026-11-26 18:59", "until 2026-11-26 19:00"),
        ("2026-11-26 19:00", "opens 2026-11-27 09:00"),
        ("2026-11-27 12:30", "opens 2026-11-30 09:00"),
        ("2026-11-28 11:00", "opens 2026-11-30 09:00"),
    ],
)
def test_the_week_has_breaks_and_a_late_thursday(hours: Hours, moment: str, told: str) -> None:
    assert local(hours.state(at(moment))) == told


def test_a_public_holiday_on_a_thursday_is_closed_also_in_the_evening(hours: Hours) -> None:
    ascension = date(2026, 5, 14)
    assert ascension.weekday() == 3
    assert is_public_holiday(ascension)

    assert local(hours.state(at("2026-05-14 10:00"))) == "opens 2026-05-15 09:00"
    assert local(hours.state(at("2026-05-14 18:30"))) == "opens 2026-05-15 09:00"


def test_a_day_that_differs_beats_the_late_evening_the_week_and_a_public_holiday(hours: Hours) -> None:
    assert local(hours.state(at("2026-12-24 11:00"))) == "until 2026-12-24 12:00"
    assert local(hours.state(at("2026-12-24 18:30"))) == "opens 2026-12-28 09:00"
    assert local(hours.state(at("2026-12-31 10:00"))) == "opens 2027-01-04 09:00"
    assert local(hours.state(at("2026-11-11 15:00"))) == "until 2026-11-11 16:00"


def test_when_the_clock_changes_the_centre_opens_by_the_clock_on_the_wall(hours: Hours) -> None:
    friday = hours.state(at("2026-03-27 12:30"))

    assert local(friday) == "opens 2026-03-30 09:00"
    assert friday.next_opening is not None
    # One hour of the weekend is missing.
    assert friday.next_opening - at("2026-03-27 12:30").astimezone(friday.next_opening.tzinfo) == timedelta(
        days=2, hours=19, minutes=30
    )


def test_a_centre_that_is_closed_for_long_names_no_day(tmp_path: Path) -> None:
    text = 'hours:\n  week:\n    monday: ["09:00-12:00"]\n  exceptions:\n'
    first = date(2026, 6, 1)
    text += "".join(f'    "{first + timedelta(days=day)}": closed\n' for day in range(90))
    hours = read(tmp_path, text)
    assert hours

    state = hours.state(at("2026-06-01 10:00"))

    assert (state.is_open, state.until, state.next_opening) == (False, None, None)


def test_a_centre_without_a_week_has_no_hours_but_keeps_its_late_evening(tmp_path: Path) -> None:
    assert read(tmp_path, 'hours:\n  late: {thursday: "19:00"}\n') is None
    assert read(tmp_path, "placeholders: {}\n") is None
    assert read(tmp_path, "hours:\n  week:\n    monday: closed\n") is None


def test_the_late_evening_needs_an_opening_on_that_day(tmp_path: Path) -> None:
    hours = read(tmp_path, 'hours:\n  week:\n    monday: ["09:00-12:00"]\n  late: {thursday: "19:00"}\n')
    assert hours

    assert hours.schedule.of_day(date(2026, 11, 26)) == ()
    assert hours.schedule.of_day(date(2026, 11, 23))[0].closes == time(12)


def test_the_centres_own_file_can_be_read() -> None:
    read_hours(PROJECT_FOLDER / "data" / "centre.yml")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("hours:\n  wek: {}\n", 2, "none of week, late and exceptions"),
        ("hours:\n  week:\n    maandag: closed\n", 3, "'maandag' is none of monday"),
        ('hours:\n  week:\n    monday: "09:00-12:00"\n', 3, "should be a list"),
        ('hours:\n  week:\n    monday: ["9-12"]\n', 3, "should be two times"),
        ('hours:\n  week:\n    monday: ["12:00-09:00"]\n', 3, "ends before it begins"),
        ('hours:\n  week:\n    monday: ["09:00-12:00", "11:00-13:00"]\n', 3, "begins before the one before it ends"),
        ("hours:\n  late: {thursday: 19:00}\n", 2, "a time in quotes"),
        ("hours:\n  exceptions:\n    24 December: closed\n", 3, 'a day like "2026-12-24"'),
        ("hours:\n  exceptions:\n    2026-02-30: closed\n", 3, 'a day like "2026-12-24"'),
        ("hours: open\n", 1, "should hold week, late and exceptions"),
    ],
)
def test_a_fault_is_named_by_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(YamlFileError, match=problem) as caught:
        read(tmp_path, text)

    assert caught.value.line == line
