"""The door's own replies: a greeting with questions, kind words about what cannot be read, in three languages."""

from __future__ import annotations

import pytest

from bot.foundation.choices import RECEIVED, read_choice
from bot.foundation.languages import LANGUAGES
from bot.foundation.reply import Choices, Reply, Text
from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.door_replies import about_received, erased, greeting, question_of_erasing
from bot.gateway.words import GatewayWords
from bot.services.content.draft import read_draft
from bot.services.releases.active import ActiveContent


@pytest.fixture(scope="module")
def words() -> GatewayWords:
    draft = PROJECT_FOLDER / "data"
    return GatewayWords(ActiveContent(PROJECT_FOLDER / "nowhere", draft), lambda: read_draft(draft).texts)


def said(reply: Reply) -> str:
    (text,) = (part.markdown for part in reply.parts if isinstance(part, Text))
    return text


def choices(reply: Reply) -> list[str]:
    return [item.id for part in reply.parts if isinstance(part, Choices) for item in part.items]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_greeting_offers_questions_a_person_and_the_other_languages(words: GatewayWords, language: str) -> None:
    offered = choices(greeting(words, language))

    assert [choice for choice in offered if choice.startswith("language:")] == [
        f"language:{other}" for other in LANGUAGES if other != language
    ]
    assert "human" in offered
    topics = [choice for choice in offered if choice.startswith("topic:")]
    assert 3 <= len(topics) <= 4
    assert len({read_choice(topic).value.split("/")[0] for topic in topics}) == len(topics)


def test_a_page_with_a_theme_begins_with_its_questions(words: GatewayWords) -> None:
    topics = [choice for choice in choices(greeting(words, "nl", "guidance")) if choice.startswith("topic:")]

    assert topics
    assert all(topic.startswith("topic:guidance/") for topic in topics)
    assert choices(greeting(words, "nl", "gone")) == choices(greeting(words, "nl"))


@pytest.mark.parametrize("what", sorted(RECEIVED - {"unsent"}))
def test_whatever_comes_there_are_words_for_it_and_a_way_on(words: GatewayWords, what: str) -> None:
    replies = {language: about_received(words, language, what) for language in LANGUAGES}

    assert len({said(reply) for reply in replies.values()}) == 3
    for reply in replies.values():
        assert choices(reply) == ["help", "human"]
        assert "{" not in said(reply)


@pytest.mark.parametrize("what", sorted(RECEIVED))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thread_shows_a_name_for_it(words: GatewayWords, what: str, language: str) -> None:
    assert words.say(f"messenger_title_{what}", language).startswith("[")


def test_erasing_is_asked_before_and_told_after(words: GatewayWords) -> None:
    asked = question_of_erasing(words, "en")

    assert choices(asked) == ["erase:yes", "help"]
    assert "cannot be undone" in said(asked)
    assert "erased" in said(erased(words, "en"))
