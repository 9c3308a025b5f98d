"""Any input becomes one harmless line."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.message_text import MAX_CHARACTERS, clean, is_readable, words


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  hallo \n\t wereld ", "hallo wereld"),
        ("a\x00b\x07c", "a b c"),
        ("\u202eevil\u202c", "evil"),
        ("\ud800x", "?x"),
        ("ﬁn", "fin"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_a_message_is_cleaned(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text())
def test_cleaning_never_fails_and_never_leaves_control_characters(raw: str) -> None:
    cleaned = clean(raw)

    assert len(cleaned) <= MAX_CHARACTERS
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert all(char.isprintable() or char in "\u200d" for char in cleaned)


def test_a_huge_message_is_cut_at_once() -> None:
    started = time.monotonic()

    assert len(clean("mot " * 250_000)) <= MAX_CHARACTERS
    assert time.monotonic() - started < 1


def test_words_leave_digits_and_marks_out() -> None:
    assert words("C'est 2 GSM's, hé!") == ["c'est", "gsm's", "hé"]


@pytest.mark.parametrize("text", ["", "😀 123 !!", "45", "18-25", "0470 00 00 00", "12345", "1819 €", "?!"])
def test_marks_and_most_numbers_alone_say_nothing(text: str) -> None:
    assert not is_readable(text)


@pytest.mark.parametrize("text", ["a", "é", "1819", "1819 ?", "0800", "18 ans"])
def test_letters_and_short_numbers_of_services_are_read(text: str) -> None:
    assert is_readable(text)
