"""Who is told first, and whom a counsellor takes: language, then theme, then time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.services.handoff.routing import Counsellor, Wanted, counsellor_for, languages_there, next_for
from bot.services.handoff.states import FOLLOWING, NotPossible, check_change

NOW = datetime(2026, 11, 27, 9, tzinfo=timezone.utc)


def counsellor(staff: str, languages: str, themes: str = "", idle_minutes: int = 0) -> Counsellor:
    idle = NOW - timedelta(minutes=idle_minutes)
    return Counsellor(staff, frozenset(languages.split()), frozenset(themes.split()), idle)


def wanted(name: str, language: str, theme: str | None = None, waits_minutes: int = 0) -> Wanted:
    return Wanted(name, language, theme, NOW - timedelta(minutes=waits_minutes))


TEAM = (
    counsellor("fr_work", "fr", "employment", 1),
    counsellor("fr_all", "fr", "", 5),
    counsellor("fr_all_idle", "fr", "", 30),
    counsellor("fr_training", "fr nl", "training", 60),
    counsellor("nl_all", "nl en", "", 2),
)


@pytest.mark.parametrize(
    ("person", "staff"),
    [
        (wanted("a", "fr", "employment"), "fr_work"),
        (wanted("a", "fr", "guidance"), "fr_all_idle"),
        (wanted("a", "fr"), "fr_training"),
        (wanted("a", "nl", "employment"), "nl_all"),
        (wanted("a", "nl", "training"), "fr_training"),
        (wanted("a", "en", "training"), "nl_all"),
    ],
)
def test_language_goes_before_theme_and_theme_before_the_longest_idle(person: Wanted, staff: str) -> None:
    chosen = counsellor_for(person, TEAM)

    assert chosen is not None
    assert chosen.staff == staff


def test_nobody_with_that_language_means_nobody() -> None:
    assert counsellor_for(wanted("a", "en"), TEAM[:4]) is None
    assert languages_there(TEAM[:4]) == {"fr", "nl"}


def test_a_counsellor_takes_a_theme_of_theirs_first_then_who_waits_longest() -> None:
    queue = (
        wanted("old_guidance", "fr", "guidance", 20),
        wanted("work", "fr", "employment", 5),
        wanted("older_work", "fr", "employment", 9),
        wanted("dutch", "nl", "employment", 60),
        wanted("unknown", "fr", None, 2),
    )

    assert next_for(TEAM[0], queue) == queue[2]
    assert next_for(TEAM[1], queue) == queue[0]
    assert next_for(TEAM[3], queue[3:4]) == queue[3]
    assert next_for(TEAM[0], queue[3:4]) is None


def test_only_the_states_that_may_follow_can_follow() -> None:
    for before, following in FOLLOWING.items():
        for after in FOLLOWING:
            if after is None:
                continue
            if after in following:
                check_change(before, after)
            else:
                with pytest.raises(NotPossible):
                    check_change(before, after)
