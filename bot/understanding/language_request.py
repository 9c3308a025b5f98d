"""Which language a person asks to go on in, in a message that was understood as such a request."""

from __future__ import annotations

import re

from bot.understanding.message_text import words

#: What our languages are called in all three, and common slips of the phone.
_NAMES: dict[str, frozenset[str]] = {
    "fr": frozenset({"français", "francais", "française", "francaise", "fr", "frans", "franse", "french", "fransk"}),
    "nl": frozenset(
        {
            "nederlands",
            "nederlandse",
            "vlaams",
            "nl",
            "néerlandais",
            "neerlandais",
            "flamand",
            "dutch",
            "flemish",
            "ned",
        }
    ),
    "en": frozenset({"english", "anglais", "anglaise", "engels", "engelse", "eng", "inglish", "englisch"}),
}
#: In a clause with one of these, a language is one that the person does not want or cannot speak well.
_REFUSALS = frozenset(
    {"pas", "peu", "no", "not", "dont", "don't", "doesn't", "can't", "cant", "cannot", "geen", "niet", "nie"}
    | {
        "aucun",
        "instead",
        "bad",
        "poor",
        "little",
        "mauvais",
        "mal",
        "slecht",
        "moeilijk",
        "beetje",
        "hardly",
    }
)
_CLAUSES = re.compile(r"[,.;:!?()\n]|\b(?:but|mais|maar|so|donc|dus|sinon|anders|otherwise)\b", re.IGNORECASE)


def wanted_language(text: str, written_in: str | None) -> str | None:
    """The language asked for, or None when the words do not tell.

    "je ne parle pas français, english please" asks for English; "ik spreek geen Frans" asks for the
    language that it is written in.
    """
    wanted: list[str] = []
    refused: set[str] = set()
    for clause in _CLAUSES.split(text):
        spoken = words(clause)
        named = [code for word in spoken if (code := _code(word))]
        if _REFUSALS.intersection(spoken):
            refused.update(named)
        else:
            wanted.extend(named)
    if wanted:
        return wanted[-1]
    return written_in if written_in not in refused else None


def _code(word: str) -> str | None:
    return next((code for code, names in _NAMES.items() if word in names), None)
