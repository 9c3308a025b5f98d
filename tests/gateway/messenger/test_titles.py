"""Titles in 20 characters: short forms in three languages, whole words, emoji that stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.foundation.choices import InvalidChoice, read_choice
from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.messenger.lengths import graphemes, length
from bot.gateway.messenger.titles import TITLE_LIMIT, short
from bot.services.content.draft import read_draft

CONTENT = read_draft(PROJECT_FOLDER / "data")
PREFIX = "messenger_short_"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Heures d'ouverture", "Heures d'ouverture"),
        ("Se former à Bruxelles Formation", "Se former…"),
        ("Werken op de luchthaven", "Werken…"),
        ("Hulp met de computer", "Hulp met de computer"),
        ("What a year of study costs", "What a year…"),
        ("Arbeidsongeschiktheidsverzekering", "Arbeidsongeschiktheⓧ".replace("ⓧ", "…")),
        ("  Deux   espaces  ", "Deux espaces"),
    ],
)
def test_a_title_keeps_whole_words_that_say_something(title: str, shown: str) -> None:
    assert short(title) == shown


def test_an_emoji_is_never_cut() -> None:
    family = "👨‍👩‍👧‍👦"

    assert short(f"Garde d'enfants {family}") == "Garde d'enfants…"
    assert short(family * 3) == family + "…"


@given(st.text(min_size=1, max_size=60).filter(lambda title: bool(title.strip())))
def test_any_title_fits_and_says_something(title: str) -> None:
    shown = short(title)

    assert 0 < length(shown) <= TITLE_LIMIT
    assert shown.strip("…")
    kept = list(graphemes(shown.removesuffix("…")))
    assert kept == list(graphemes(" ".join(title.split())))[: len(kept)] or len(kept) == 1


def test_every_topic_has_a_short_title_that_fits_and_is_its_own_within_the_theme() -> None:
    for language in LANGUAGES:
        seen: dict[tuple[str, str], str] = {}
        for topic, card in CONTENT.cards.items():
            whole = card.title[language]
            short_form = CONTENT.texts[f"{PREFIX}topic_{topic.replace('/', '_')}"][language]
            title = whole if length(whole) <= TITLE_LIMIT else short_form
            assert length(title) <= TITLE_LIMIT, (topic, language)
            assert seen.setdefault((topic.split("/")[0], title.casefold()), topic) == topic


def test_every_short_title_belongs_to_a_choice() -> None:
    topics = {topic.replace("/", "_"): topic for topic in CONTENT.cards}
    for key, words in CONTENT.texts.items():
        if not key.startswith(PREFIX):
            continue
        rest = key.removeprefix(PREFIX)
        kind, _, value = rest.partition("_")
        if kind == "topic":
            assert value in topics
        else:
            assert any(_is_choice(one) for one in (rest, f"{kind}:{value}", f"{kind}:{value.replace('_', '/')}")), key
        assert all(0 < length(words[language]) <= TITLE_LIMIT for language in LANGUAGES), key


def _is_choice(raw: str) -> bool:
    try:
        read_choice(raw)
    except InvalidChoice:
        return False
    return True
