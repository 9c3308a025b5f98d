"""Whatever a person writes, a request is read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.request.filters import Filters, filters_from_dict
from bot.services.agenda.request.follow_up import follow_up
from bot.services.agenda.request.read import BRUSSELS, read_request
from bot.services.agenda.request.tokens import LONGEST
from bot.services.agenda.request.words import FACETS, FOLLOW_UP, WHEN, word_table

NOW = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=BRUSSELS)
)
TABLE_WORDS = sorted(
    {
        " ".join(words)
        for language in LANGUAGES
        for part in (WHEN, FACETS, FOLLOW_UP)
        for words in word_table(language, part).values
    }
)
PIECES = st.one_of(
    st.sampled_from(TABLE_WORDS),
    st.integers(0, 9999).map(str),
    st.sampled_from(
        ["/", "-", ".", ":", ",", "?", "14/12", "31/02", "17h30", "29 février", "2026", "à", "🙂", "\x00"]
    ),
)


def check(filters: Filters) -> None:
    if filters.begins and filters.ends:
        assert filters.begins <= filters.ends
    if filters.earliest and filters.latest:
        assert filters.earliest <= filters.latest
    for moment in (filters.begins, filters.ends):
        assert moment is None or moment.tzinfo is BRUSSELS
    assert filters_from_dict(filters.as_dict()) == filters


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from(LANGUAGES), MOMENTS)
def test_any_text_is_read(text: str, language: str, now: datetime) -> None:
    check(read_request(text, language, now))


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(LANGUAGES), MOMENTS)
def test_any_order_of_words_of_time_is_read(pieces: list[str], language: str, now: datetime) -> None:
    check(read_request(" ".join(pieces), language, now, ["cv", "video"]))


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=8), st.sampled_from(LANGUAGES), MOMENTS)
def test_any_follow_up_is_read(first: list[str], then: list[str], language: str, now: datetime) -> None:
    before = read_request(" ".join(first), language, now)

    check(follow_up(" ".join(then), language, now + timedelta(minutes=5), before).filters)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzéèçëïßÅ", max_size=12), max_size=20), st.sampled_from(LANGUAGES))
def test_words_that_are_no_words_of_time_give_no_period(words: list[str], language: str) -> None:
    filters = read_request(" ".join(f"xq{word}" for word in words), language, NOW)

    assert (filters.begins, filters.ends, filters.earliest, filters.latest) == (None, None, None, None)
    assert filters.not_understood == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n\t", "🙂🙂🙂", "مرحبا متى الورشة القادمة", "什么时候有讲座", "Коли наступний семінар?"),
        *("\x00\x01\x02", "a" * 3000, "14/12 " * 400, "/" * 1000, "1" * 1000, "é" * 1000, "\u202e lundi \u202c"),
        *("’" * 500, "１４／１２", "٣", "{{7*7}}", "<script>alert(1)</script>", "lundi\u200b", "LUNDI PROCHAIN!!!"),
    ],
)
def test_unusual_input_is_read(text: str, language: str) -> None:
    check(read_request(text, language, NOW))


def test_scripts_of_another_width_and_hidden_signs_are_read() -> None:
    assert read_request("le １４／１２", "fr", NOW) == read_request("le 14/12", "fr", NOW)
    assert read_request("lun\u00addi\u200b", "fr", NOW) == read_request("lundi", "fr", NOW)


def test_a_long_text_is_read_up_to_its_limit() -> None:
    begin = read_request("demain " + "x " * LONGEST, "fr", NOW)

    assert begin.begins == datetime(2026, 11, 24, tzinfo=BRUSSELS)
    assert read_request("x" * LONGEST + " demain", "fr", NOW).begins is None


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=BRUSSELS), "2026-03-29T00:00:00+01:00"),
        (datetime(2026, 10, 24, 12, tzinfo=BRUSSELS), "2026-10-25T00:00:00+02:00"),
    ],
)
def test_days_on_which_the_clock_changes_are_whole(now: datetime, first: str) -> None:
    filters = read_request("demain", "fr", now)

    assert filters.begins is not None
    assert filters.ends is not None
    assert filters.begins.isoformat() == first
    assert filters.ends.isoformat()[11:19] == "23:59:59"
    assert filters.ends.utcoffset() != filters.begins.utcoffset()
