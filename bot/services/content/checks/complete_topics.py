"""A topic is whole only with phrases in every language, an answer, a card and a theme."""

from __future__ import annotations

from collections.abc import Iterator

from bot.foundation.languages import LANGUAGES
from bot.foundation.names import PLAIN_INTENTS, SMALLTALK, is_topic, theme_of
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.content.phrases import Phrase

_RESPONSES, _TOPICS = "data/responses", "data/topics"


def check_complete_topics(material: Material) -> list[Problem]:
    """What a topic lacks. Nothing is said of a part whose file could not be read: it may stand there."""
    return [
        *_phrases_without(material),
        *_answers_without(material),
        *_cards_without(material),
        *_missing_languages(material),
        *_unknown_intents(material),
    ]


def _phrases_without(material: Material) -> Iterator[Problem]:
    answers = {entry.name for entry in material.answers}
    for intent, phrase in _first_phrases(material).items():
        needs_answer = is_topic(intent) or theme_of(intent) == SMALLTALK
        if needs_answer and intent not in answers and material.is_read(_RESPONSES):
            yield material.problem(phrase.path, phrase.line, f"{intent} has phrases but no answer")
        if is_topic(intent) and intent not in material.topic_names and material.is_read(_TOPICS):
            yield material.problem(phrase.path, phrase.line, f"{intent} has phrases but no card")


def _answers_without(material: Material) -> Iterator[Problem]:
    taught = _first_phrases(material)
    for entry in material.answers:
        name = entry.name
        if "/" in name and name not in taught and _all_phrases_read(material):
            yield material.problem(entry.path, entry.line, f"{name} has an answer but no phrases")
        if is_topic(name) and name not in material.topic_names and material.is_read(_TOPICS):
            yield material.problem(entry.path, entry.line, f"{name} has an answer but no card")


def _cards_without(material: Material) -> Iterator[Problem]:
    answers = {entry.name for entry in material.answers}
    for entry in (*material.topics, *material.dialogue):
        if entry.name not in answers and material.is_read(_RESPONSES):
            yield material.problem(entry.path, entry.line, f"{entry.name} has a card but no answer")
    for entry in material.topics:
        if not is_topic(entry.name):
            text = f"the card {entry.name!r} should be named theme/topic"
            yield material.problem(entry.path, entry.line, text)
        elif theme_of(entry.name) not in material.theme_names and material.is_read(_TOPICS):
            text = f"the theme of {entry.name} does not stand in data/topics/themes.yml"
            yield material.problem(entry.path, entry.line, text)


def _missing_languages(material: Material) -> Iterator[Problem]:
    taught = {(phrase.intent, phrase.language) for phrase in material.phrases}
    for intent, phrase in _first_phrases(material).items():
        for language in LANGUAGES:
            if (intent, language) not in taught and material.is_read(f"data/nlu/{language}"):
                text = f"{intent} has no phrases in {language!r}"
                yield material.problem(phrase.path, phrase.line, text)


def _unknown_intents(material: Material) -> Iterator[Problem]:
    """Phrases whose name is neither a topic nor one of the plain intents, and messages for no known topic."""
    taught = _first_phrases(material)
    for intent, phrase in taught.items():
        if "/" not in intent and intent not in PLAIN_INTENTS:
            text = f"{intent!r} is neither theme/topic nor an intent that the bot knows"
            yield material.problem(phrase.path, phrase.line, text)
    for phrase in material.evaluation:
        if phrase.intent not in taught and _all_phrases_read(material):
            text = f"no phrase teaches {phrase.intent!r}, which this message expects"
            yield material.problem(phrase.path, phrase.line, text)


def _first_phrases(material: Material) -> dict[str, Phrase]:
    first: dict[str, Phrase] = {}
    for phrase in material.phrases:
        first.setdefault(phrase.intent, phrase)
    return first


def _all_phrases_read(material: Material) -> bool:
    return all(material.is_read(f"data/nlu/{language}") for language in LANGUAGES)
