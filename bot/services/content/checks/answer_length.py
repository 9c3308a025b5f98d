"""Answers stay short: a person reads them on a phone, often in a language that they are learning."""

from __future__ import annotations

from bot.services.content.checks.material import Material, is_written
from bot.services.content.checks.problem import Problem
from bot.services.content.checks.sentences import sentences, word_count

#: The most words of an answer, and of its sentences on average.
MOST_WORDS = 90
MOST_WORDS_A_SENTENCE = 15.0


def check_answer_length(material: Material) -> list[Problem]:
    """Answers that are too long or whose sentences are, counted with the placeholders filled."""
    problems: list[Problem] = []
    for entry in material.answers:
        for language, text, line in entry.variations:
            if not is_written(text):
                continue
            for fault in _faults(material.filled(text, language)):
                problems.append(material.problem(entry.path, line, f"{entry.name} in {language!r}: {fault}"))
    return problems


def _faults(text: str) -> list[str]:
    counts = [word_count(sentence) for sentence in sentences(text)]
    faults: list[str] = []
    if sum(counts) > MOST_WORDS:
        faults.append(f"{sum(counts)} words; at most {MOST_WORDS}")
    if counts and sum(counts) / len(counts) > MOST_WORDS_A_SENTENCE:
        average = f"{sum(counts) / len(counts):.1f} words a sentence on average"
        faults.append(f"{average}; at most {MOST_WORDS_A_SENTENCE:g}")
    return faults
