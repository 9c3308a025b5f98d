"""Topics are found by words of their titles and answers, in the project's own content."""

from __future__ import annotations

from functools import lru_cache

import pytest

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.draft import read_draft
from bot.services.content.phrases import read_phrases
from bot.services.suggestions.topic_search import TopicSearch

CONTENT = read_draft(PROJECT_FOLDER / "data")


@lru_cache
def search(language: str) -> TopicSearch:
    return TopicSearch(CONTENT, language)


def found(language: str, text: str, most: int = 8) -> list[str]:
    return [one.topic for one in search(language).find(text, most)]


@pytest.mark.parametrize("topic", list(CONTENT.cards))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_finds_its_own_topic(language: str, topic: str) -> None:
    assert topic in found(language, CONTENT.cards[topic].title[language], 3)


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("fr", "infirmiere", "guidance/become_nurse"),
        ("fr", "INFIRMIÈRE", "guidance/become_nurse"),
        ("fr", "infirmierre", "guidance/become_nurse"),
        ("fr", "infirm", "guidance/become_nurse"),
        ("fr", "je voudrais devenir infirmier", "guidance/become_nurse"),
        ("nl", "rijbewijs", "training/driving_licence"),
        ("nl", "verpleegkundigen", "guidance/become_nurse"),
        ("en", "nurse", "guidance/become_nurse"),
        ("en", "verpleegkundige", "guidance/become_nurse"),
        ("en", "cv", "employment/cv_and_cover_letter"),
    ],
)
def test_accents_endings_slips_and_other_languages_do_not_matter(language: str, text: str, topic: str) -> None:
    assert found(language, text)[0] == topic


@pytest.mark.parametrize("text", ["", " ", "…!?", "de la pour", "xqzvw", "12345678"])
def test_words_that_say_nothing_find_nothing(text: str) -> None:
    assert found("fr", text) == []


def test_no_more_than_asked_for_and_none_far_behind_the_best() -> None:
    results = search("en").find("dutch course for nurses at home", 3)

    assert len(results) <= 3
    assert all(one.score >= 0.3 * results[0].score for one in results)
    assert [one.score for one in results] == sorted((one.score for one in results), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_questions_find_their_topic_among_three_more_often_than_not(language: str) -> None:
    messages = [
        phrase
        for phrase in read_phrases(PROJECT_FOLDER / "tests" / "evaluation")[::4]
        if phrase.language == language and phrase.intent in CONTENT.cards
    ]

    right = sum(phrase.intent in found(language, phrase.text, 3) for phrase in messages)

    assert right / len(messages) > 0.5
