"""What a door hints at becomes one of our languages or nothing."""

from __future__ import annotations

import pytest

from bot.foundation.languages import language_or_none


@pytest.mark.parametrize(
    ("hint", "language"),
    [
        ("nl-BE", "nl"),
        ("fr_BE", "fr"),
        ("EN", "en"),
        (" nl ", "nl"),
        ("de", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_a_hint_is_read(hint: object, language: str | None) -> None:
    assert language_or_none(hint) == language
