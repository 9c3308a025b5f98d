"""Moments are said as people in Brussels say them, in each language."""

from __future__ import annotations

from datetime import timezone

import pytest

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.present.moments import is_running, when
from tests.services.agenda.present.sample_activity import NOW, WORDS, activity, at


@pytest.mark.parametrize(
    ("begins", "ends", "fr", "nl", "en"),
    [
        (
            *("2026-12-03 14:00", "2026-12-03 16:00"),
            "jeudi 3 décembre à 14 h, jusqu'à 16 h",
            "donderdag 3 december om 14 u., tot 16 u.",
            "Thursday 3 December, 2 pm to 4 pm",
        ),
        (
            *("2026-12-03 14:30", "2026-12-03 16:05"),
            "jeudi 3 décembre à 14 h 30, jusqu'à 16 h 05",
            "donderdag 3 december om 14.30 u., tot 16.05 u.",
            "Thursday 3 December, 2.30 pm to 4.05 pm",
        ),
        (
            *("2026-12-01 09:00", "2026-12-01 12:00"),
            "mardi 1er décembre à 9 h, jusqu'à 12 h",
            "dinsdag 1 december om 9 u., tot 12 u.",
            "Tuesday 1 December, 9 am to 12 noon",
        ),
        (
            *("2026-12-03 22:00", "2026-12-04 01:30"),
            "jeudi 3 décembre à 22 h, jusqu'à 1 h 30 le lendemain",
            "donderdag 3 december om 22 u., tot 1.30 u. de volgende dag",
            "Thursday 3 December, 10 pm to 1.30 am the next day",
        ),
        (
            *("2026-12-03 20:00", "2026-12-04 00:00"),
            "jeudi 3 décembre à 20 h, jusqu'à minuit",
            "donderdag 3 december om 20 u., tot middernacht",
            "Thursday 3 December, 8 pm to midnight",
        ),
        (
            *("2026-12-31 09:00", "2027-01-01 17:00"),
            "du jeudi 31 décembre à 9 h au vendredi 1er janvier 2027 à 17 h",
            "van donderdag 31 december om 9 u. tot vrijdag 1 januari 2027 om 17 u.",
            "from Thursday 31 December, 9 am to Friday 1 January 2027, 5 pm",
        ),
        (
            *("2027-01-07 18:00", "2027-01-07 20:00"),
            "jeudi 7 janvier 2027 à 18 h, jusqu'à 20 h",
            "donderdag 7 januari 2027 om 18 u., tot 20 u.",
            "Thursday 7 January 2027, 6 pm to 8 pm",
        ),
    ],
)
def test_a_moment_is_said_in_each_language(begins: str, ends: str, fr: str, nl: str, en: str) -> None:
    said = [when(activity(begins, ends), NOW, language, WORDS) for language in LANGUAGES]

    assert said == [fr, nl, en]


@pytest.mark.parametrize(
    ("begins", "ends", "fr", "nl", "en"),
    [
        (
            *("2026-12-01 00:00", "2026-12-02 00:00"),
            "mardi 1er décembre, toute la journée",
            "dinsdag 1 december, de hele dag",
            "Tuesday 1 December, all day",
        ),
        (
            *("2026-12-01 00:00", "2026-12-04 00:00"),
            "du mardi 1er au jeudi 3 décembre",
            "van dinsdag 1 tot en met donderdag 3 december",
            "Tuesday 1 to Thursday 3 December",
        ),
        (
            *("2026-11-30 00:00", "2026-12-03 00:00"),
            "du lundi 30 novembre au mercredi 2 décembre",
            "van maandag 30 november tot en met woensdag 2 december",
            "Monday 30 November to Wednesday 2 December",
        ),
        (
            *("2027-01-05 00:00", "2027-01-07 00:00"),
            "du mardi 5 au mercredi 6 janvier 2027",
            "van dinsdag 5 tot en met woensdag 6 januari 2027",
            "Tuesday 5 to Wednesday 6 January 2027",
        ),
        (
            *("2026-10-25 00:00", "2026-10-26 00:00"),  # 25 hours long
            "dimanche 25 octobre, toute la journée",
            "zondag 25 oktober, de hele dag",
            "Sunday 25 October, all day",
        ),
    ],
)
def test_whole_days_are_said_without_hours(begins: str, ends: str, fr: str, nl: str, en: str) -> None:
    said = [when(activity(begins, ends, is_all_day=True), NOW, language, WORDS) for language in LANGUAGES]

    assert said == [fr, nl, en]


@pytest.mark.parametrize(
    ("utc", "said"),
    [
        ("2027-03-28 08:00", "Sunday 28 March 2027, 10 am to 12 noon"),  # summer time has begun in the night
        ("2027-03-27 08:00", "Saturday 27 March 2027, 9 am to 11 am"),
        ("2026-10-25 08:00", "Sunday 25 October, 9 am to 11 am"),  # and has ended
        ("2026-10-24 08:00", "Saturday 24 October, 10 am to 12 noon"),
    ],
)
def test_the_clock_of_brussels_is_meant_whatever_the_zone_of_the_source(utc: str, said: str) -> None:
    start = at(utc).replace(tzinfo=timezone.utc)
    shown = activity(start=start, end=start.replace(hour=10))

    assert when(shown, NOW, "en", WORDS) == said


def test_an_activity_runs_from_its_beginning_to_its_end() -> None:
    shown = activity("2026-11-23 09:00", "2026-11-23 10:00")

    assert is_running(shown, at("2026-11-23 09:00"))
    assert is_running(shown, at("2026-11-23 09:59"))
    assert not is_running(shown, at("2026-11-23 10:00"))
    assert not is_running(shown, at("2026-11-23 08:59"))
