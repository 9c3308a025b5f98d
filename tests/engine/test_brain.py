"""Turns through the real dialogue engine, without servers."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from bot.engine.brain import Brain
from bot.engine.turn import InvalidTurn, read_turn


class Conversation:
    """One conversation with the brain."""

    def __init__(self, brain: Brain, door: str | None = None) -> None:
        self.brain, self.door, self.id = brain, door, uuid.uuid4().hex

    async def says(self, text: str) -> dict[str, Any]:
        return await self._turn(text=text)

    async def takes(self, choice: str) -> dict[str, Any]:
        return await self._turn(choice=choice)

    async def _turn(self, **body: Any) -> dict[str, Any]:
        turn = {"conversation": self.id, "turn": uuid.uuid4().hex, "language": self.door, **body}
        return (await self.brain.take(read_turn(turn))).as_dict()


def words_of(result: dict[str, Any]) -> str:
    return " ".join(part.get("markdown", "") for part in result["reply"]["parts"])


def choices_of(result: dict[str, Any]) -> list[str]:
    return [item["id"] for part in result["reply"]["parts"] if part["kind"] == "choices" for item in part["items"]]


async def test_a_button_that_names_a_topic_answers_exactly_that_topic(local: Brain) -> None:
    for topic in ("covid/telework", "employment/stage_first", "centre/partners"):
        result = await Conversation(local).takes(f"topic:{topic}")

        assert result["reply"]["topic"] == topic
        assert result["reply"]["as_of"]


async def test_an_ordinary_button_never_changes_the_language(local: Brain) -> None:
    conversation = Conversation(local, door="nl")

    assert (await conversation.takes("topic:centre/languages"))["reply"]["language"] == "nl"
    assert (await conversation.takes("human"))["reply"]["language"] == "nl"


async def test_without_hint_and_evidence_the_bot_speaks_french(local: Brain) -> None:
    assert (await Conversation(local).takes("help"))["reply"]["language"] == "fr"


async def test_typed_words_beat_the_hint_of_the_door(local: Brain) -> None:
    result = await Conversation(local, door="fr").says("Waar kan ik Nederlands leren in Brussel?")

    assert result["reply"]["language"] == "nl"


async def test_a_language_switch_says_the_last_answer_again(local: Brain) -> None:
    conversation = Conversation(local, door="fr")
    await conversation.takes("topic:guidance/become_nurse")

    switched = await conversation.says("English please")
    after = await conversation.takes("topic:centre/languages")

    assert switched["reply"]["language"] == "en"
    assert switched["reply"]["topic"] == "guidance/become_nurse"
    assert after["reply"]["language"] == "en"


async def test_a_language_button_switches_until_typed_words_say_otherwise(local: Brain) -> None:
    conversation = Conversation(local, door="fr")

    assert (await conversation.takes("language:nl"))["reply"]["language"] == "nl"
    assert (await conversation.says("ok"))["reply"]["language"] == "nl"
    assert (await conversation.says("Je voudrais suivre une formation de boulanger"))["reply"]["language"] == "fr"


async def test_two_failures_in_a_row_bring_the_counsellor_first(local: Brain) -> None:
    conversation = Conversation(local, door="en")

    first = await conversation.says("what is the weather like on Sunday in Rome")
    second = await conversation.says("give me a recipe for chocolate cake")

    assert "human" in choices_of(first)
    assert choices_of(second)[0] == "human"
    assert "0800 555 66" in words_of(second)


async def test_an_answer_ends_the_row_of_failures(local: Brain) -> None:
    conversation = Conversation(local, door="en")
    await conversation.says("what is the weather like on Sunday in Rome")
    await conversation.takes("topic:centre/languages")

    again = await conversation.says("give me a recipe for chocolate cake")

    assert "0800 555 66" not in words_of(again)


async def test_the_same_words_after_an_answer_count_as_not_helped(local: Brain) -> None:
    conversation = Conversation(local, door="en")
    question = "How do I register as a jobseeker with Actiris?"
    answered = await conversation.says(question)

    again = await conversation.says(question.upper())

    assert answered["reply"]["topic"] == "employment/register_as_jobseeker"
    assert again["report"]["intent"] == "deny"
    assert "human" in choices_of(again)


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("je veux mourir", "fr", ["112", "107", "0800 32 123"]),
        ("ik wil niet meer leven", "nl", ["112", "106", "1813"]),
        ("I want to kill myself", "en", ["112", "02 648 40 14"]),
    ],
)
async def test_a_crisis_gets_the_numbers_at_once(local: Brain, text: str, language: str, numbers: list[str]) -> None:
    result = await Conversation(local, door=language).says(text)

    assert all(number in words_of(result) for number in numbers)
    assert choices_of(result)[0] == "human"


@pytest.mark.parametrize("text", ["/restart", "/greet{}", '/centre{"language": "en"}'])
async def test_a_typed_command_executes_nothing(local: Brain, text: str) -> None:
    conversation = Conversation(local, door="nl")
    await conversation.takes("topic:centre/languages")

    result = await conversation.says(text)
    switched = await conversation.takes("language:en")

    assert result["reply"]["language"] == "nl"
    assert result["report"]["decision"] == "fallback"
    assert switched["reply"]["topic"] == "centre/languages"


@pytest.mark.parametrize("text", ["", " ", "😀", "\x00", "\ud800", "x" * 100_000, "<b>x</b>", "'; DROP TABLE x"])
async def test_odd_input_gets_a_polite_answer(local: Brain, text: str) -> None:
    result = await Conversation(local, door="en").says(text)

    assert words_of(result)
    assert choices_of(result)


async def test_starting_again_keeps_the_language(local: Brain) -> None:
    conversation = Conversation(local, door="nl")
    await conversation.takes("restart")

    assert (await conversation.takes("help"))["reply"]["language"] == "nl"


async def test_a_choice_that_is_not_in_the_release_is_refused(local: Brain) -> None:
    with pytest.raises(InvalidTurn) as caught:
        await Conversation(local).takes("topic:centre/no_such_topic")

    assert caught.value.code == "unknown_choice"


async def test_a_theme_button_shows_its_questions(local: Brain) -> None:
    result = await Conversation(local, door="nl").takes("theme:covid")

    assert "topic:covid/temporary_unemployment" in choices_of(result)


async def test_a_long_conversation_keeps_only_its_last_turns(local: Brain) -> None:
    conversation = Conversation(local, door="fr")
    for _ in range(12):
        await conversation.takes("help")

    row = local._rows.read(conversation.id)

    assert row is not None
    assert len([event for event in row.state["events"] if event["event"] == "user"]) <= 3
