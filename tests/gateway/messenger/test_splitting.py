"""Long texts in pieces: at sentence ends, within Meta's count, never inside of a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.messenger.lengths import graphemes, head, length
from bot.gateway.messenger.splitting import split, split_last

FAMILY, FLAG, STUDENT, HEART = "👨‍👩‍👧‍👦", "🇧🇪", "👩🏽‍🎓", "❤️"
ACCENT = "e\u0301"
_LETTERS = st.sampled_from(
    [*"abé .,!?\n'1«»", FAMILY, FLAG, STUDENT, HEART, ACCENT, "1️⃣", "한", "\u200d", "https://a.be/x"]
)
TEXTS = st.lists(_LETTERS, max_size=60).map("".join)


@pytest.mark.parametrize(
    "character", [FAMILY, FLAG, STUDENT, HEART, ACCENT, "1️⃣", "🏴\U000e0067\U000e0062\U000e007f", "각"]
)
def test_what_a_reader_sees_as_one_character_stays_whole(character: str) -> None:
    assert list(graphemes(f"a{character}{character}b")) == ["a", character, character, "b"]
    assert head(f"a{character}b", 1) == "a"
    assert split(character * 3, length(character)) == [character] * 3


def test_an_emoji_counts_as_two() -> None:
    assert (length("aé"), length("👍"), length(FLAG)) == (2, 2, 4)


@given(TEXTS, st.integers(min_value=12, max_value=60))
def test_every_piece_fits_and_nothing_but_blanks_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)

    assert all(0 < length(piece) <= limit and piece == piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_ends_a_piece_with_its_last_whole_sentence() -> None:
    text = "Première phrase. Deuxième phrase ? Troisième phrase, un peu plus longue que les deux premières."

    assert split(text, 60) == [
        "Première phrase. Deuxième phrase ?",
        "Troisième phrase, un peu plus longue que les deux premières.",
    ]


def test_a_paragraph_is_a_better_end_than_a_sentence() -> None:
    assert split("Een zin. En nog een.\n\nTweede alinea. Slot.", 38) == [
        "Een zin. En nog een.",
        "Tweede alinea. Slot.",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Vraag naar dhr. J. Peeters van het team.", "Vraag naar dhr. J. Peeters van het"),
        ("Le bureau est chez M. Dupont, av. Louise.", "Le bureau est chez M. Dupont, av."),
        ("It opens at 2.30 p.m. Thursday, not before.", "It opens at 2.30 p.m. Thursday, not"),
    ],
)
def test_a_full_stop_after_a_short_form_ends_no_sentence(text: str, first: str) -> None:
    assert split(text, 38)[0] == first


def test_an_address_is_cut_only_when_it_is_longer_than_a_message() -> None:
    url = "https://www.example.org/" + "a" * 30

    assert split(f"Voir {url} pour tout.", 56) == ["Voir", url, "pour tout."]
    assert [length(piece) for piece in split("b" * 4100)] == [2000, 2000, 100]


def test_the_last_part_of_a_text_fits_under_buttons() -> None:
    text = "Un.\n\n" + "Deux phrases. Encore une. " * 30

    before, last = split_last(text, 100)

    assert last.startswith(("Deux", "Encore"))
    assert length(last) <= 100
    assert "".join((before + last).split()) == "".join(text.split())
    assert split_last("kort", 100) == ("", "kort")
    assert split_last("x" * 200, 100) == ("x" * 200, "")
