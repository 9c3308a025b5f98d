"""What a person says after a list of activities."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.follow_up import FollowUp, follow_up
from bot.services.agenda.request.read import BRUSSELS, read_request

NOW = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
BEFORE = read_request("online CV workshop in French next week", "en", NOW, ["cv"])


def said(text: str, language: str, before: Filters = BEFORE) -> FollowUp:
    return follow_up(text, language, NOW, before, ["cv", "video"])


@pytest.mark.parametrize(
    ("text", "language", "changed"),
    [
        ("and in Dutch?", "en", {"languages": ("nl",)}),
        ("Et en néerlandais ?", "fr", {"languages": ("nl",)}),
        ("en in het Engels?", "nl", {"languages": ("en",)}),
        ("only on site", "en", {"mode": "on_site"}),
        ("alleen ter plaatse", "nl", {"mode": "on_site"}),
        ("pas en ligne", "fr", {"mode": "on_site"}),
        ("any language", "en", {"languages": ()}),
        ("peu importe la langue", "fr", {"languages": ()}),
        ("whatever", "en", {"languages": (), "mode": None}),
        ("for students", "en", {"audience": "students"}),
        ("and a video one?", "en", {"text": "video"}),
        ("only in the morning", "en", {"earliest": time(6), "latest": time(11, 59)}),
        ("en enkel in het weekend? of in de week?", "nl", {}),
    ],
)
def test_a_new_filter_replaces_its_like_and_keeps_the_others(
    text: str, language: str, changed: dict[str, Any]
) -> None:
    found = said(text, language)

    for name, value in changed.items():
        assert getattr(found.filters, name) == value
    kept = {"begins", "ends", "mode", "languages", "text", "audience"} - changed.keys()
    if changed:
        assert {name: getattr(found.filters, name) for name in kept} == {name: getattr(BEFORE, name) for name in kept}
    assert (found.page, found.pick, found.start_over) == (False, None, False)


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("and tomorrow?", "en", date(2026, 11, 24), date(2026, 11, 24)),
        ("et en décembre ?", "fr", date(2026, 12, 1), date(2026, 12, 31)),
        ("en donderdag?", "nl", date(2026, 12, 3), date(2026, 12, 3)),
        ("et la semaine d'après ?", "fr", date(2026, 12, 7), date(2026, 12, 13)),
        ("en de week erna?", "nl", date(2026, 12, 7), date(2026, 12, 13)),
        ("the following week?", "en", date(2026, 12, 7), date(2026, 12, 13)),
        ("earlier", "en", date(2026, 11, 23), date(2026, 11, 29)),
    ],
)
def test_a_new_period_replaces_the_period(text: str, language: str, first: date, last: date) -> None:
    filters = said(text, language).filters

    assert filters.begins is not None
    assert filters.ends is not None
    assert (filters.begins.date(), filters.ends.date()) == (first, last)
    assert (filters.mode, filters.languages, filters.text) == ("online", ("fr",), "cv")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(("more", "en"), ("show me the next page", "en"), ("later", "en"), ("any others?", "en")),
        *(("encore", "fr"), ("montrez-m'en plus", "fr"), ("et plus tard ?", "fr"), ("d'autres dates", "fr")),
        *(("meer", "nl"), ("toon er nog", "nl"), ("later", "nl"), ("de eerste is volzet, welke zijn er nog?", "nl")),
    ],
)
def test_more_of_them(text: str, language: str) -> None:
    assert said(text, language) == FollowUp(BEFORE, page=True)


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        *(("the second one", "en", 1), ("number three please", "en", 2), ("the last one", "en", -1), ("2", "en", 1)),
        *(("la deuxième", "fr", 1), ("le 1er", "fr", 0), ("plus d'infos sur la troisième", "fr", 2)),
        *(("de tweede", "nl", 1), ("de eerste waar is dat", "nl", 0), ("nummer vier", "nl", 3)),
    ],
)
def test_one_of_those_shown(text: str, language: str, place: int) -> None:
    assert said(text, language) == FollowUp(BEFORE, pick=place)


@pytest.mark.parametrize(
    ("text", "language"), [("the second week of December", "en"), ("la première semaine de janvier", "fr")]
)
def test_a_number_within_a_date_picks_nothing(text: str, language: str) -> None:
    found = said(text, language)

    assert found.pick is None
    assert found.filters.begins != BEFORE.begins


def test_starting_over_forgets_the_filters() -> None:
    assert said("start over", "en") == FollowUp(Filters(), start_over=True)
    assert said("on recommence: en néerlandais", "fr") == FollowUp(Filters(languages=("nl",)), start_over=True)


def test_hours_narrow_the_day_anew() -> None:
    evening = read_request("tomorrow evening", "en", NOW)

    morning = said("rather in the morning", "en", evening).filters

    assert morning.begins == datetime(2026, 11, 24, 6, tzinfo=BRUSSELS)
    assert morning.ends == datetime(2026, 11, 24, 11, 59, 59, tzinfo=BRUSSELS)


def test_what_was_not_understood_before_is_not_said_again() -> None:
    before = read_request("CV le 31/02", "fr", NOW)

    assert before.not_understood
    assert said("et en ligne ?", "fr", before).filters.not_understood == ()
