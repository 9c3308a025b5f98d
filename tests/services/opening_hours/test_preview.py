"""The next fourteen days: what visitors will meet, with public holidays by name."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.services.opening_hours.preview import DAYS, preview
from bot.services.opening_hours.schedule import Opening, Schedule, public_holiday

MORNING = Opening(time(9), time(12, 30))
WEEK = Schedule(dict.fromkeys(range(5), (MORNING,)), {3: time(19)}, {date(2026, 5, 15): ()})


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "Ascension"), ("nl", "O. L. H. Hemelvaart"), ("en", "Ascension Day")]
)
def test_a_public_holiday_on_a_thursday_is_named_and_closed_in_the_evening_too(language: str, name: str) -> None:
    days = {one.day: one for one in preview(WEEK, date(2026, 5, 7), language)}

    before, ascension, bridge = (days[date(2026, 5, number)] for number in (7, 14, 15))
    assert len(days) == DAYS == 14
    assert (before.openings, before.is_late) == ((Opening(time(9), time(19)),), True)
    assert (ascension.day.weekday(), ascension.holiday) == (3, name)
    assert (ascension.openings, ascension.is_late, ascension.differs) == ((), False, False)
    assert (bridge.openings, bridge.differs, bridge.holiday) == ((), True, None)


def test_a_day_that_differs_on_a_public_holiday_says_both() -> None:
    schedule = Schedule({}, {3: time(19)}, {date(2026, 5, 14): (MORNING,)})

    ascension = preview(schedule, date(2026, 5, 14), "en")[0]

    assert (ascension.holiday, ascension.differs, ascension.is_late) == ("Ascension Day", True, False)
    assert ascension.openings == (MORNING,)


def test_english_is_that_of_great_britain() -> None:
    assert public_holiday(date(2026, 5, 1), "en") == "Labour Day"
    assert public_holiday(date(2026, 5, 2), "en") is None
