"""New hours go into the file's text; comments and everything else stay byte for byte."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError, parse_yaml
from bot.services.opening_hours.hours_file import schedule_in
from bot.services.opening_hours.hours_text import UnknownForm, normal, with_hours
from bot.services.opening_hours.schedule import Opening, Schedule

PATH = Path("centre.yml")
MORNING, AFTERNOON = Opening(time(9), time(12, 30)), Opening(time(13, 30), time(17))
WEEK = Schedule({0: (MORNING, AFTERNOON), 3: (MORNING,)}, {3: time(19)}, {date(2026, 12, 24): ()})

FILE = """# Above.
placeholders: {name: "Cité", x: 'y'}   # beside
hours:
  # The week.
  week:
    monday: ["09:00-12:00"]  # without the afternoon
    # Lunch is long.
    tuesday: closed

  late: {thursday: "19:00"}
  exceptions:
    # Holidays.
    2026-12-31: closed  # the last one
# Below.
other:
  - 1   # one
"""


def hours_in(text: str) -> Schedule:
    return normal(schedule_in(parse_yaml(text.removeprefix("\ufeff"), PATH), PATH))


def test_only_what_changes_is_touched() -> None:
    schedule = Schedule(
        {0: (MORNING, AFTERNOON), 1: (), 2: (MORNING,)},
        {3: time(20)},
        {date(2026, 12, 24): (MORNING,), date(2026, 12, 31): (), date(2027, 1, 4): ()},
    )

    assert with_hours(FILE, schedule, PATH) == FILE.replace(
        '["09:00-12:00"]', '["09:00-12:30", "13:30-17:00"]'
    ).replace("    tuesday: closed\n", '    tuesday: closed\n    wednesday: ["09:00-12:30"]\n').replace(
        '"19:00"', '"20:00"'
    ).replace("    2026-12-31", '    "2026-12-24": ["09:00-12:30"]\n    2026-12-31').replace(
        "# the last one\n", '# the last one\n    "2027-01-04": closed\n'
    )


def test_the_same_hours_leave_the_file_as_it_is() -> None:
    assert with_hours(FILE, hours_in(FILE), PATH) is FILE


def test_what_is_taken_away_goes_with_its_line_and_other_comments_stay() -> None:
    text = with_hours(FILE, Schedule({}, {}, {}), PATH)

    for comment in (
        "# Above.",
        "# beside",
        "# The week.",
        "# without the afternoon",
        "# Lunch",
        "# Holidays.",
        "# Below.",
    ):
        assert comment in text
    assert hours_in(text) == Schedule({}, {}, {})
    again = with_hours(text, WEEK, PATH)
    assert hours_in(again) == WEEK
    assert again.split("# Below.")[1] == FILE.split("# Below.")[1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Nothing.\n",
        "placeholders: {}\n",
        "placeholders: {}",
        "hours:\nother: 1\n",
        "hours:   # none yet\n  # later\nother: 1\n",
        "hours: {}\n",
        "hours: ~\nother: 1\n",
        'hours: {late: {thursday: "19:00"}}  # flow\nother: 1\n',
        'hours:\n  late: {thursday: "19:00"}\n',
        'hours:\n  late:\n    thursday: "19:00"',
        "hours:\n  week:\n  exceptions:\n",
        'hours:\n    week:\n        friday: ["09:00-12:30"]\n\n\n# end\n',
        'hours:\n  week: {monday: ["09:00-12:00"], sunday: closed}\n',
        'hours:\n  week:\n    monday:\n      - "09:00-12:00"\n      # after lunch\n      - "13:00-17:00"\n',
        'hours:\n  week:\n    monday:\n    - "09:00-12:00"\nother: x\n',
        'hours:\n  week:\n    monday: [\n      "09:00-12:00",\n    ]\n    "tuesday": closed\n',
        '"hours":\n  "week":\n    sunday: ["10:00-11:00"]\n',
        "\ufeffhours:\n  week:\n    monday: closed\n",
    ],
)
def test_every_form_of_the_section_takes_the_hours(text: str) -> None:
    for form in (text, text.replace("\n", "\r\n")):
        changed = with_hours(form, WEEK, PATH)

        assert hours_in(changed) == WEEK
        assert ("\r\n" in form) == ("\r\n" in changed) or not form.count("\n")
        assert "\r\r" not in changed
        assert changed.replace("\r\n", "").count("\n") == (0 if "\r\n" in form else changed.count("\n"))
        for comment in ("# Nothing.", "# none yet", "# later", "# flow", "# end", "# after lunch"):
            assert (comment in changed) == (comment in form)
        if "other:" in form:
            assert changed.endswith(form[form.index("other:") :])
        assert with_hours(changed, WEEK, PATH) == changed
        emptied = with_hours(changed, Schedule({}), PATH)
        assert hours_in(emptied) == Schedule({})


@pytest.mark.parametrize(
    "text",
    [
        '{placeholders: {}, hours: {week: {monday: ["09:00-12:00"]}}}\n',
        'a: &day ["09:00-12:00"]\nhours:\n  week: {monday: *day}\n  late: &l {}\nb: *l\n',
        'x: &w\n  monday: ["09:00-12:00"]\nhours:\n  week: *w\n',
    ],
)
def test_a_form_that_cannot_be_changed_safely_is_refused(text: str) -> None:
    try:
        changed = with_hours(text, WEEK, PATH)
    except UnknownForm:
        return
    assert hours_in(changed) == WEEK
    assert {key: value for key, value in parse_yaml(changed, PATH).items() if key != "hours"} == {
        key: value for key, value in parse_yaml(text, PATH).items() if key != "hours"
    }


def test_a_file_that_cannot_be_read_is_named_by_its_line() -> None:
    with pytest.raises(YamlFileError, match=r"centre\.yml:3"):
        with_hours("hours:\n  week:\n    monday: 9\n", WEEK, PATH)


def test_the_centres_own_file_keeps_every_other_byte() -> None:
    text = (PROJECT_FOLDER / "data" / "centre.yml").read_bytes().decode("utf-8")

    changed = with_hours(text, WEEK, PATH)

    before, _, after = text.partition("hours:\n")
    assert changed.startswith(before)
    assert all(line in changed for line in after.splitlines())
    assert hours_in(changed) == WEEK


def test_any_hours_after_any_others_are_what_the_file_says() -> None:
    chance = random.Random(7)
    text = FILE
    for _ in range(300):
        schedule = _any_schedule(chance)
        text = with_hours(text, schedule, PATH)
        assert hours_in(text) == normal(schedule)
        for comment in ("# Above.", "# beside", "# The week.", "# Lunch is long.", "# Holidays.", "# Below."):
            assert text.count(comment) == 1
        assert text.endswith("# Below.\nother:\n  - 1   # one\n")


def _any_schedule(chance: random.Random) -> Schedule:
    def openings() -> tuple[Opening, ...]:
        return chance.choice([(), (MORNING,), (AFTERNOON,), (MORNING, AFTERNOON)])

    days = [date(2026, 12, 20) + timedelta(days=number) for number in range(20)]
    return Schedule(
        {day: openings() for day in range(7) if chance.random() < 0.7},
        {day: time(chance.randint(18, 22)) for day in range(7) if chance.random() < 0.3},
        {day: openings() for day in days if chance.random() < 0.3},
    )
