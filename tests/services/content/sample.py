"""A small project whose content has no problem: one theme, `garden`, with two topics in three languages.

A test writes it, breaks one thing with `change`, and looks at what the checks say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.foundation.languages import LANGUAGES
from bot.services.content.checks.check_content import check_content
from bot.services.content.checks.fast_vectors import Vectors

REGISTERS = ("keyword", "plain", "phone", "story", "need")
TOPICS = ("garden/plant_tree", "garden/prune_tree")

_TITLES = {
    "garden/plant_tree": {"fr": "Planter un arbre", "nl": "Een boom planten", "en": "Plant a tree"},
    "garden/prune_tree": {"fr": "Tailler un arbre", "nl": "Een boom snoeien", "en": "Prune a tree"},
}


class FakeEncoder:
    """Gives each text a direction of its own; `alike` sends a text in (nearly) the direction of another."""

    def __init__(self, alike: Mapping[str, tuple[str, float]] | None = None) -> None:
        self._alike = dict(alike or {})
        self.encoded: list[str] = []

    def fast(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        if text not in self._alike:
            return _direction(text)
        other, cosine = self._alike[text]
        towards, aside = _direction(other), _direction(text)
        aside = aside - (aside @ towards) * towards
        aside /= np.linalg.norm(aside)
        mixed: Vectors = (cosine * towards + np.sqrt(1 - cosine**2) * aside).astype(np.float32)
        return mixed


def _direction(text: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(512).astype(np.float32)
    direction: Vectors = vector / np.linalg.norm(vector)
    return direction


def write_sample(project: Path) -> Path:
    """Write the project into an empty folder; the folder."""
    files = {
        "domain.yml": _DOMAIN,
        "data/stories/answers.yml": _RULES,
        "data/topics/themes.yml": _THEMES,
        "data/topics/garden.yml": _cards(),
        "data/responses/garden.yml": _answers(),
        "data/texts/engine.yml": _TEXTS,
        "data/centre.yml": _CENTRE,
    }
    for language in LANGUAGES:
        files[f"data/nlu/{language}/garden.yml"] = _phrases(language)
        files[f"tests/evaluation/{language}/garden.yml"] = _messages(language)
    for name, text in files.items():
        write(project, name, text)
    return project


def write(project: Path, name: str, text: str) -> None:
    """Write one file of the project."""
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(project: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old` of a file by `new`; the number of the line in which `old` began."""
    text = (project / name).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    write(project, name, text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def problems_of(project: Path, encoder: FakeEncoder | None = None) -> list[str]:
    """What the checks say, a line each, as a person reads it."""
    return [str(problem) for problem in check_content(project, encoder=encoder or FakeEncoder())]


_DOMAIN = """\
version: "3.1"

intents:
# One per theme.
- garden
- smalltalk
# Plain intents.
- deny
"""

_RULES = """\
# One rule per theme.
version: "3.1"
rules:
- rule: answer a question about gardens
  steps:
  - intent: garden
  - action: utter_garden
"""

_THEMES = """\
# In the order in which a visitor sees them.
themes:
  garden:
    title: {fr: Jardin, nl: Tuin, en: Garden}
    starters: [garden/plant_tree]
"""

_TEXTS = """\
texts:
  choice_human: {fr: Parler à une personne, nl: Met iemand praten, en: Talk to a person}
  theme_opened:
    fr: "Voici {theme}."
    nl: "Dit is {theme}."
    en: "This is {theme}."
"""

_CENTRE = """\
placeholders:
  freephone: 0800 555 66
  website: https://garden.example
  centre_name: {fr: le jardin, nl: de tuin, en: the garden}
"""


def _phrases(language: str) -> str:
    lines = ['version: "3.1"', "nlu:"]
    for topic in TOPICS:
        for register in REGISTERS:
            lines += [f"- intent: {topic}", f"  metadata: {{register: {register}}}", "  examples: |"]
            lines += [f"    - {phrase(topic, language, register, number)}" for number in (1, 2)]
    return "\n".join(lines) + "\n"


def phrase(topic: str, language: str, register: str, number: int) -> str:
    """The text of one phrase of the sample; there are two (1 and 2) for each register."""
    return f"{topic.split('/')[1].replace('_', ' ')} {language} {register} {number}"


def _messages(language: str) -> str:
    lines = ['version: "3.1"', "nlu:"]
    for topic in TOPICS:
        lines += [f"- intent: {topic}", "  metadata: {register: plain}", "  examples: |"]
        lines.append(f"    - {message(topic, language)}")
    return "\n".join(lines) + "\n"


def message(topic: str, language: str) -> str:
    """The text of the one evaluation message of a topic and language."""
    return f"asked about {topic.split('/')[1].replace('_', ' ')} in {language}"


def _answers() -> str:
    lines = ['version: "3.1"', "responses:"]
    for topic in TOPICS:
        lines.append(f"  utter_{topic}:")
        for language in LANGUAGES:
            first = "text: |-"
            if language != "fr":
                lines.append(f"  - condition: [{{type: slot, name: language, value: {language}}}]")
                lines.append(f"    {first}")
            else:
                lines.append(f"  - {first}")
            lines.append(f"      {answer(topic, language)}")
    return "\n".join(lines) + "\n"


def answer(topic: str, language: str) -> str:
    """The text of one answer of the sample, before its placeholder is filled."""
    return f"Answer {language} {topic.split('/')[1]}. Call {{freephone}}."


def _cards() -> str:
    lines = ["topics:"]
    for topic, other in (TOPICS, TOPICS[::-1]):
        titles = ", ".join(f'{language}: "{title}"' for language, title in _TITLES[topic].items())
        lines += [
            f"  {topic}:",
            f"    title: {{{titles}}}",
            f'    next_steps: ["topic:{other}", human]',
            "    sources:",
            "    - annual-report-2020",
            '    as_of: "2020"',
            '    review_by: "2027-02-28"',
            "    owner: garden",
        ]
    return "\n".join(lines) + "\n"
