"""The language of short messages and of names that belong to none, in the active release."""

from __future__ import annotations

import pytest

from bot.understanding.understander import Understander


@pytest.mark.parametrize("home", ["fr", "nl", "en"])
@pytest.mark.parametrize(
    "text", ["ok", "stage", "job", "cv", "Actiris", "VDAB", "ah ok merci", "Bruxelles Formation"]
)
def test_borrowed_words_and_names_keep_the_language(understander: Understander, text: str, home: str) -> None:
    assert understander.languages.identify(text, home) == home


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je veux un stage chez Actiris", "fr"),
        ("pas de diplome", "fr"),
        ("Bruxelles Formation c'est quoi", "fr"),
        ("ik zoek een stage bij de VDAB", "nl"),
        ("moet ik betalen", "nl"),
        ("waar zitten jullie", "nl"),
        ("internship with Actiris please", "en"),
        ("who can come", "en"),
        ("what does the VDAB do", "en"),
    ],
)
def test_three_words_switch_the_language(understander: Understander, text: str, language: str) -> None:
    for home in ("fr", "nl", "en", None):
        assert understander.languages.identify(text, home) == language
