"""Which evaluation messages both engines get."""

from __future__ import annotations

from bench.messages import conversation_texts, some_of
from bot.foundation.names import SWITCH_LANGUAGE
from bot.services.content.phrases import Phrase


def _message(language: str, number: int, intent: str = "centre/languages") -> Phrase:
    return Phrase(f"{language} {number}", intent, language, "plain", "", "a.yml", number)


MESSAGES = [_message(language, number) for language in ("fr", "nl", "en") for number in range(20)]


def test_some_messages_are_even_across_languages_and_always_the_same() -> None:
    chosen = some_of(MESSAGES, 30)

    assert [sum(m.language == language for m in chosen) for language in ("fr", "nl", "en")] == [10, 10, 10]
    assert chosen == some_of(MESSAGES, 30)
    assert some_of(MESSAGES, None) == MESSAGES


def test_a_conversation_is_in_one_language_about_topics_only() -> None:
    messages = [*MESSAGES, _message("nl", 99, SWITCH_LANGUAGE)]

    texts = conversation_texts(messages, number=1, turns=50)

    assert len(texts) == 50
    assert set(texts) == {f"nl {number}" for number in range(20)}


def test_the_late_messages_of_a_conversation_are_the_early_ones_again() -> None:
    texts = conversation_texts(MESSAGES, number=0, turns=40)

    assert texts[-5:] == texts[2:7]
