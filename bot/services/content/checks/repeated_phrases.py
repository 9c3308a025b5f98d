"""A phrase teaches one topic, once. Case, accents and punctuation do not make another phrase of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.content.checks.folding import folded
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.content.phrases import Phrase


def check_repeated_phrases(material: Material) -> list[Problem]:
    """Phrases under two topics in any language, or twice under one topic in one language.

    The evaluation messages are held to the same, among themselves.
    """
    return [*_repeated(material, material.phrases), *_repeated(material, material.evaluation)]


def _repeated(material: Material, phrases: Sequence[Phrase]) -> list[Problem]:
    groups: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault(folded(phrase.text), []).append(phrase)
    problems: list[Problem] = []
    for group in groups.values():
        for position, phrase in enumerate(group):
            other = _rival(phrase, group[:position])
            if other is not None:
                problems.append(material.problem(phrase.path, phrase.line, _text(material, phrase, other)))
    return problems


def _rival(phrase: Phrase, earlier: list[Phrase]) -> Phrase | None:
    """An earlier phrase of another topic, else one of the same topic and language."""
    for other in earlier:
        if other.intent != phrase.intent:
            return other
    return next((other for other in earlier if other.language == phrase.language), None)


def _text(material: Material, phrase: Phrase, other: Phrase) -> str:
    where = material.place(other)
    if other.intent != phrase.intent:
        return f"“{phrase.text}” stands under {phrase.intent} and under {other.intent} ({where})"
    return f"“{phrase.text}” stands twice under {phrase.intent} (also {where})"
