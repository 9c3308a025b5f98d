"""What names something else names something that is there: next steps, starters, placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.foundation.choices import ACTIVITIES, HELP, HUMAN
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.content.checks.text_placeholders import filled_by_code
from bot.services.replies.next_steps import THEMES

#: The next steps that are no topic.
_PLAIN_STEPS = (HUMAN, ACTIVITIES, HELP, THEMES)
_TOPIC_STEP = "topic:"

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_references(material: Material) -> list[Problem]:
    """Unknown next steps of cards, starters of themes and placeholders of answers, texts and titles."""
    return [*_next_steps(material), *_starters(material), *_placeholders(material)]


def _next_steps(material: Material) -> Iterator[Problem]:
    for entry in (*material.topics, *material.dialogue):
        steps = entry.card.next_steps if entry.card else ()
        line = entry.lines.get("next_steps", entry.line)
        for step in steps:
            text = _fault_of_step(step, entry.name, material)
            if text:
                yield material.problem(entry.path, line, f"{entry.name}: {text}")
        for step in sorted({step for step in steps if steps.count(step) > 1}):
            yield material.problem(entry.path, line, f"{entry.name}: the next step {step!r} stands twice")


def _fault_of_step(step: str, topic: str, material: Material) -> str | None:
    if step in _PLAIN_STEPS:
        return None
    if not step.startswith(_TOPIC_STEP):
        return f"the next step {step!r} is none of topic:<theme/topic>, {', '.join(_PLAIN_STEPS)}"
    target = step.removeprefix(_TOPIC_STEP)
    if target == topic:
        return "a next step leads back to the same topic"
    if target not in material.topic_names and material.is_read("data/topics"):
        return f"the next step {step!r} names a topic that does not exist"
    return None


def _starters(material: Material) -> Iterator[Problem]:
    for entry in material.themes:
        if entry.theme is None:
            continue
        line = entry.lines.get("starters", entry.line)
        if not entry.theme.starters:
            yield material.problem(entry.path, line, f"the theme {entry.name} has no starters")
        for topic in entry.theme.starters:
            if topic not in material.topic_names and material.is_read("data/topics"):
                text = f"the theme {entry.name}: the starter {topic!r} is a topic that does not exist"
                yield material.problem(entry.path, line, text)


def _placeholders(material: Material) -> Iterator[Problem]:
    known = frozenset(entry.key for entry in material.centre)
    if not known:
        # data/centre.yml could not be read, which is reported by itself.
        return
    for answer in material.answers:
        for _, text, line in answer.variations:
            yield from _of_text(material, answer.path, line, answer.name, text, known)
    for entry in material.texts:
        for text in set(entry.words.values()) if entry.words else ():
            names = known | filled_by_code(entry.path.stem)
            yield from _of_text(material, entry.path, entry.line, entry.key, text, names)
    for card in material.topics:
        for text in set(card.card.title.values()) if card.card else ():
            yield from _of_text(material, card.path, card.lines["title"], card.name, text, frozenset())


def _of_text(
    material: Material, path: Path, line: int, name: str, text: str, known: frozenset[str]
) -> Iterator[Problem]:
    for placeholder in dict.fromkeys(_PLACEHOLDER.findall(text)):
        if placeholder not in known:
            where = "may not stand here" if not known else "does not stand in data/centre.yml"
            yield material.problem(path, line, f"{name}: the placeholder {{{placeholder}}} {where}")
    if set("{}").intersection(_PLACEHOLDER.sub("", text)):
        yield material.problem(path, line, f"{name}: a brace without its partner")
