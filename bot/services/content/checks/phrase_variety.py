"""Enough phrases for each topic and language, written in enough ways (registers)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.foundation.names import OUT_OF_SCOPE, REGISTERS
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.content.phrases import Phrase

#: The fewest phrases, and the fewest registers among them, of a topic in one language.
FEWEST_PHRASES = 10
FEWEST_REGISTERS = 5

#: How far a message that the bot cannot answer lies from what it can.
_KINDS = ("near", "far")


def check_phrase_variety(material: Material) -> list[Problem]:
    """Too few phrases or registers of a topic; a register or kind that is missing or unknown.

    Evaluation messages need a register too; there may be few of them, and of other kinds.
    """
    problems = [
        *_metadata(material, material.phrases, lambda phrase: [*_register(phrase), *_kind(phrase)]),
        *_metadata(material, material.evaluation, _register),
    ]
    topics: dict[tuple[str, str], list[Phrase]] = {}
    for phrase in material.phrases:
        topics.setdefault((phrase.intent, phrase.language), []).append(phrase)
    for phrases in topics.values():
        problems.extend(_of_topic(material, phrases))
    return problems


def _metadata(
    material: Material, phrases: Iterable[Phrase], faults: Callable[[Phrase], list[str]]
) -> Iterator[Problem]:
    """The faults of metadata, said once for all phrases of a file that share them."""
    seen: set[tuple[str, ...]] = set()
    for phrase in phrases:
        key = (phrase.path, phrase.intent, phrase.register, phrase.kind)
        if key not in seen:
            seen.add(key)
            for fault in faults(phrase):
                yield material.problem(phrase.path, phrase.line, f"{phrase.intent}: {fault}")


def _register(phrase: Phrase) -> list[str]:
    if phrase.register in REGISTERS:
        return []
    what = f"the register {phrase.register!r} is unknown" if phrase.register else "the register is missing"
    return [f"{what}; it is one of {', '.join(REGISTERS)}"]


def _kind(phrase: Phrase) -> list[str]:
    if phrase.intent != OUT_OF_SCOPE or phrase.kind in _KINDS:
        return []
    what = f"the kind {phrase.kind!r} is unknown" if phrase.kind else "the kind is missing"
    return [f"{what}; it is one of {', '.join(_KINDS)}"]


def _of_topic(material: Material, phrases: list[Phrase]) -> list[Problem]:
    first = phrases[0]
    who = f"{first.intent} in {first.language!r}"
    registers = {phrase.register for phrase in phrases}.intersection(REGISTERS)
    texts: list[str] = []
    if len(phrases) < FEWEST_PHRASES:
        texts.append(f"{who} has {_count(len(phrases), 'phrase')}; at least {FEWEST_PHRASES}")
    if len(registers) < FEWEST_REGISTERS:
        texts.append(f"{who} has {_count(len(registers), 'register')}; at least {FEWEST_REGISTERS}")
    return [material.problem(first.path, first.line, text) for text in texts]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
