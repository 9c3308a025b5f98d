"""Which language somebody asks for."""

from __future__ import annotations

import pytest

from bot.understanding.language_request import wanted_language


@pytest.mark.parametrize(
    ("text", "written_in", "wanted"),
    [
        ("english please", "en", "en"),
        ("je ne parle pas français, english please", "fr", "en"),
        ("kan het in het Frans?", "nl", "fr"),
        ("parlez-vous néerlandais ?", "fr", "nl"),
        ("ik spreek geen Frans", "nl", "nl"),
        ("I don't speak French", "en", "en"),
        ("sorry my french is bad, can we do dutch", "en", "nl"),
        ("liever in mijn taal", "nl", "nl"),
        ("je ne parle pas français", "fr", None),
        ("change language", None, None),
    ],
)
def test_the_language_asked_for_is_found(text: str, written_in: str | None, wanted: str | None) -> None:
    assert wanted_language(text, written_in) == wanted
