"""Whatever is said keeps Meta's limits and loses no word: every answer of the project, and made-up ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.foundation.languages import LANGUAGES
from bot.foundation.reply import Card, Cards, Choice, Choices, Link, Part, Text
from bot.gateway.plain_text import plain_text
from bot.services.replies.next_steps import next_step_choices
from tests.gateway.messenger.meta_limits import check_message
from tests.gateway.messenger.shown import CONTENT, SHOWN, WORDS, payload, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_project_keeps_metas_limits_and_says_all_its_words(language: str) -> None:
    for name, words in CONTENT.answers.items():
        card = CONTENT.cards.get(name)
        choices = next_step_choices(card.next_steps if card else (), language, CONTENT)
        text = Text(WORDS.fill(words[language], language))
        stored = payload(text, Choices(choices), language=language, topic=name if card else None)

        pieces = SHOWN.pieces(stored)

        for piece in pieces:
            check_message(piece.message)
            for message in piece.instead:
                check_message(message)
        shown = " ".join(said(piece) for piece in pieces)
        assert not {"**", "]("} & {mark for mark in ("**", "](") if mark in shown}, name
        for word in plain_text(text.markdown).split():
            assert word in shown or "http" in word, (name, word)


_TITLES = st.text(min_size=1, max_size=60).filter(lambda title: bool(title.strip()))
_CHOICES = st.lists(st.builds(Choice, st.just("human"), _TITLES), max_size=20).map(
    lambda items: Choices(tuple(items))
)
_URLS = st.sampled_from(["https://a.be/x", "/activities", "ftp://x", "javascript:alert(1)", "http://b.be"])
_LINKS = st.builds(Link, _TITLES, _URLS)
_CARDS = st.builds(
    Card,
    title=_TITLES,
    lines=st.lists(_TITLES, max_size=4).map(tuple),
    url=st.none() | _URLS,
    choices=st.lists(st.builds(Choice, st.just("help"), _TITLES), max_size=4).map(tuple),
    links=st.lists(_LINKS, max_size=5).map(tuple),
    mark=st.none() | _TITLES,
)
_PARTS = st.one_of(
    st.builds(lambda words, times: Text(words * times), st.text(max_size=40), st.integers(1, 90)),
    _CHOICES,
    _LINKS,
    st.lists(_CARDS, min_size=1, max_size=12).map(lambda items: Cards(tuple(items))),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_PARTS, max_size=5), st.sampled_from(LANGUAGES), st.sampled_from(["bot", "system", "counsellor"]))
def test_any_answer_keeps_metas_limits(parts: list[Part], language: str, role: str) -> None:
    pieces = SHOWN.pieces(payload(*parts, language=language, role=role, topic="a/b", as_of="2020-11"))

    for number, piece in enumerate(pieces, start=1):
        check_message(piece.message)
        assert number == len(pieces) or "quick_replies" not in piece.message
        for message in piece.instead:
            check_message(message)
    assert "javascript:" not in str([piece.message for piece in pieces if "attachment" in piece.message])
