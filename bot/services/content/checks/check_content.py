"""Runs all the checks over the draft. Called by `faqbot check` and by whoever publishes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.foundation.yaml_files import YamlFileError
from bot.services.content.checks.answer_length import check_answer_length
from bot.services.content.checks.answer_markdown import check_answer_markdown
from bot.services.content.checks.callback_words import check_callback_words
from bot.services.content.checks.canned_replies import check_canned_replies
from bot.services.content.checks.cards import check_cards
from bot.services.content.checks.complete_topics import check_complete_topics
from bot.services.content.checks.fast_vectors import FastEncoder
from bot.services.content.checks.material import Material, read_material
from bot.services.content.checks.notices import check_notices
from bot.services.content.checks.opening_hours import check_opening_hours
from bot.services.content.checks.phrase_characters import check_phrase_characters
from bot.services.content.checks.phrase_variety import check_phrase_variety
from bot.services.content.checks.problem import Problem, in_reading_order
from bot.services.content.checks.references import check_references
from bot.services.content.checks.repeated_phrases import check_repeated_phrases
from bot.services.content.checks.rules import check_rules
from bot.services.content.checks.similar_phrases import check_similar_phrases
from bot.services.content.checks.starters import check_starters
from bot.services.content.checks.tags import check_tags
from bot.services.content.checks.top_level_keys import check_top_level_keys
from bot.services.content.checks.unwritten import check_unwritten
from bot.understanding.encoders import SentenceEncoders

#: All checks that need nothing but the material.
_CHECKS: tuple[Callable[[Material], list[Problem]], ...] = (
    check_top_level_keys,
    check_complete_topics,
    check_references,
    check_rules,
    check_cards,
    check_answer_length,
    check_answer_markdown,
    check_repeated_phrases,
    check_phrase_variety,
    check_phrase_characters,
    check_unwritten,
    check_notices,
    check_starters,
    check_opening_hours,
    check_callback_words,
    check_canned_replies,
    check_tags,
)


def check_content(project: Path, encoder: FastEncoder | None = None, cache: Path | None = None) -> list[Problem]:
    """Every problem of the content under a project's folder, in reading order; none when it may be published.

    A file that cannot be read is a problem, and the others are still checked. `cache` is a file that keeps
    the vectors of the phrases between two checks.
    """
    faults: list[YamlFileError] = []
    material = read_material(project, faults.append)
    problems = [material.problem(fault.path, fault.line, fault.problem) for fault in faults]
    for check in _CHECKS:
        problems.extend(check(material))
    problems.extend(check_similar_phrases(material, encoder or SentenceEncoders(), cache))
    return in_reading_order(problems)
