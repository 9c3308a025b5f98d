"""Characters in a phrase that Rasa takes for its own signs: `[word](entity)`, `{...}`, `/intent`, escapes."""

from __future__ import annotations

from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem

_SIGNS = {
    "\t": "a tab",
    "[": "a square bracket",
    "]": "a square bracket",
    "{": "a brace",
    "}": "a brace",
    "\\": "a backslash",
}


def check_phrase_characters(material: Material) -> list[Problem]:
    """Each phrase with such a sign. Evaluation messages may hold any character: Rasa does not read them."""
    problems: list[Problem] = []
    for phrase in material.phrases:
        found = list(dict.fromkeys(name for sign, name in _SIGNS.items() if sign in phrase.text))
        if phrase.text.startswith("/"):
            found.append("a leading slash")
        if found:
            text = f"“{phrase.text}” holds {' and '.join(found)}, which Rasa takes for its own sign"
            problems.append(material.problem(phrase.path, phrase.line, text))
    return problems
