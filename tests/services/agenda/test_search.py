"""What a request finds: periods, hours, the night, the change of the clock, and every filter."""

from __future__ import annotations

from datetime import time

import pytest

from bot.services.agenda.activity import Activity
from bot.services.agenda.index import AgendaIndex
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.search import matching_rows
from bot.store.activity_rows import SearchedRow
from tests.services.agenda.builders import activity, moment

NOW = moment("2026-11-23 10:00")
TOMORROW = Filters(begins=moment("2026-11-24 00:00"), ends=moment("2026-11-24 23:59:59"))


def found(filters: Filters, *activities: Activity, now: str = "2026-11-23 10:00") -> set[str]:
    index = AgendaIndex([_searched(one) for one in sorted(activities, key=lambda one: one.start)], stamp=1)
    return {index.ids[row] for row in matching_rows(index, filters, moment(now))}


def _searched(one: Activity) -> SearchedRow:
    return SearchedRow(
        id=one.id,
        starts_at=one.start,
        ends_at=one.end,
        is_all_day=one.is_all_day,
        theme=one.theme,
        mode=one.mode,
        is_online_too=bool(one.platform or one.link),
        has_place=bool(one.place),
        languages=one.languages,
        audience=one.audience,
        titles=tuple(one.titles.values()),
        organisers=one.organisers,
    )


def test_running_ones_are_found_and_ended_ones_never() -> None:
    running = activity("running", "2026-11-23 09:00")
    ended = activity("ended", "2026-11-23 07:55")
    ending = activity("ending", "2026-11-23 08:00")

    assert found(Filters(), running, ended, ending) == {"running"}
    today = Filters(begins=moment("2026-11-23 00:00"), ends=moment("2026-11-23 23:59:59"))
    assert found(today, running, ended, ending) == {"running"}


def test_a_period_includes_both_ends() -> None:
    first = activity("first", "2026-11-24 00:00")
    last = activity("last", "2026-11-24 23:59", 0.5)
    after = activity("after", "2026-11-25 00:00")

    assert found(TOMORROW, first, last, after) == {"first", "last"}


def test_an_evening_past_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    tonight = activity("tonight", "2026-11-23 22:00", 4)

    assert found(TOMORROW, tonight) == set()
    assert found(Filters(ends=moment("2026-11-23 23:59:59")), tonight) == {"tonight"}
    assert found(Filters(), tonight, now="2026-11-24 01:59") == {"tonight"}
    assert found(Filters(), tonight, now="2026-11-24 02:00") == set()


def test_a_fair_of_three_days_is_found_on_each_of_them() -> None:
    fair = activity("fair", "2026-11-23 00:00", 72, is_all_day=True)

    assert found(TOMORROW, fair) == {"fair"}
    assert found(Filters(begins=moment("2026-11-26 00:00")), fair) == set()


def test_the_hour_of_the_start_narrows_within_the_day() -> None:
    morning = activity("morning", "2026-11-24 09:00")
    evening = activity("evening", "2026-11-24 17:00")
    whole_day = activity("whole day", "2026-11-24 00:00", 24, is_all_day=True)

    assert found(Filters(earliest=time(17)), morning, evening, whole_day) == {"evening", "whole day"}
    assert found(Filters(latest=time(9)), morning, evening) == {"morning"}
    assert found(Filters(earliest=time(22), latest=time(9)), morning, evening) == {"morning"}


@pytest.mark.parametrize(("day", "now"), [("2027-03-28", "2027-03-27 10:00"), ("2026-10-25", "2026-10-24 10:00")])
def test_hours_are_those_of_brussels_on_the_days_when_the_clock_changes(day: str, now: str) -> None:
    early, evening = activity("early", f"{day} 01:30", 0.25), activity("evening", f"{day} 18:00")
    that_day = Filters(begins=moment(f"{day} 00:00"), ends=moment(f"{day} 23:59:59"))

    assert found(that_day, early, evening, now=now) == {"early", "evening"}
    assert found(Filters(earliest=time(18), latest=time(18)), early, evening, now=now) == {"evening"}


def test_filters_find_what_says_so() -> None:
    one = activity("one", languages=("nl",), mode="online", theme="training", audience=("neets",))
    other = activity("other", languages=("fr", "en"), mode="on_site", theme="employment")
    silent = activity("silent")

    assert found(Filters(languages=("nl",)), one, other, silent) == {"one"}
    assert found(Filters(languages=("nl", "en")), one, other, silent) == {"one", "other"}
    assert found(Filters(mode="on_site"), one, other, silent) == {"other"}
    assert found(Filters(theme="training"), one, other, silent) == {"one"}
    assert found(Filters(audience="neets"), one, other, silent) == {"one"}
    assert found(Filters(audience="everyone"), one, other, silent) == {"other", "silent"}
    assert found(Filters(languages=("nl",), mode="on_site"), one, other, silent) == set()


def test_an_activity_on_site_that_can_be_followed_online_is_both() -> None:
    both = activity("both", mode="on_site", link="https://example.org/room")

    assert found(Filters(mode="online"), both) == found(Filters(mode="on_site"), both) == {"both"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cv", {"cv"}),
        ("CV", {"cv"}),
        ("infirmière", {"nurse"}),
        ("infirmere", {"nurse"}),
        ("verpleegkundige", {"nurse"}),
        ("verplegkundige", {"nurse"}),
        ("sollicitatie", {"interview"}),
        ("gesprek", {"interview"}),
        ("devenir infirmier", {"nurse"}),
        ("le cv", {"cv"}),
        ("cvo", set()),
        ("de", set()),
        ("boulanger", set()),
        ("cv infirmier", set()),
        ("actiris", {"interview"}),
    ],
)
def test_words_of_a_title_are_found_in_any_language_without_accents_and_misspelt(
    text: str, expected: set[str]
) -> None:
    activities = (
        activity("cv", titles={"fr": "Atelier CV"}),
        activity("nurse", titles={"fr": "Devenir infirmier·ère", "nl": "Verpleegkundige worden"}),
        activity("interview", titles={"nl": "Oefenen: sollicitatiegesprek"}, organisers=("Actiris",)),
    )

    assert found(Filters(text=text), *activities) == expected
