"""The messages that both engines get: those of the evaluation, which neither was trained on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from bench.parts import BenchFailed
from bot.foundation.languages import LANGUAGES
from bot.foundation.names import is_topic
from bot.services.content.phrases import Phrase, read_phrases

_SEED = 2020
#: The early messages of a conversation, counted from 0: the third to the seventh. As many are the late ones.
EARLY = slice(2, 7)
LATE = slice(-5, None)
Item = TypeVar("Item")


def evaluation_messages(project: Path) -> list[Phrase]:
    """All evaluation messages. Raises BenchFailed when there are none."""
    found = read_phrases(project / "tests/evaluation")
    if not found:
        raise BenchFailed("there are no evaluation messages in tests/evaluation")
    return found


def some_of(messages: Sequence[Phrase], count: int | None) -> list[Phrase]:
    """`count` messages, the languages in turns, always the same ones; all of them for None."""
    if count is None or count >= len(messages):
        return list(messages)
    by_language = [_shuffled([m for m in messages if m.language == code], code) for code in LANGUAGES]
    longest = max(len(group) for group in by_language)
    mixed = [group[i] for i in range(longest) for group in by_language if i < len(group)]
    return mixed[:count]


def conversation_texts(messages: Sequence[Phrase], number: int, turns: int) -> list[str]:
    """The texts of one conversation: questions about topics in one language, in an order of its own.

    Topics only: a message such as "start again" would empty stock Rasa's history and so flatter it.
    The late messages repeat the early ones, so that only the length of the conversation differs.
    """
    language = LANGUAGES[number % len(LANGUAGES)]
    texts = [m.text for m in messages if m.language == language and is_topic(m.intent)]
    if not texts:
        raise BenchFailed(f"there are no evaluation messages about topics in {language}")
    order = _shuffled(texts, f"conversation {number}")
    said = [order[i % len(order)] for i in range(turns)]
    said[LATE] = said[EARLY]
    return said


def _shuffled(items: Sequence[Item], salt: str) -> list[Item]:
    mixed = list(items)
    random.Random(f"{_SEED} {salt}").shuffle(mixed)
    return mixed
