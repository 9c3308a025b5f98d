"""Which language a person asks to go on in, in a message that was understood as such a request."""

from __future__ import annotations

from bot.understanding.message_text import words

#: What our languages are called in all three, and common slips of the phone.
_NAMES: dict[str, frozenset[str]] = {
    "fr": frozenset({"français", "francais", "française", "francaise", "fr", "frans", "franse", "french", "fransk"}),
    "nl": frozenset(
        {"nederlands", "nederlandse", "vlaams", "nl", "néerlandais", "neerlandais", "flamand", "dutch", "flemish", "ned"}
    ),
    "en": frozenset({"english", "anglais", "anglaise", "engels", "engelse", "eng", "en_", "inglish", "englisch"}),
}
#: After one of these a language is one that the person does not want or cannot speak.
_NEGATIONS = frozenset(
    {"pas", "peu", "no", "not", "dont", "don't", "doesn't", "can't", "cant", "cannot", "geen", "niet", "nie", "aucun", "instead", "bad", "mauvais", "slecht"}
)
_REACH = 4


def wanted_language(text: str, written_in: str | None) -> str | None:
    """The language asked for, or None when the words do not tell.

    "je ne parle pas français, english please" asks for English; "ik spreek geen Frans" asks for the
    language that it is written in.
    """
    spoken = words(text)
    named = [(position, code) for position, word in enumerate(spoken) if (code := _code(word))]
    if not named:
        return written_in
    wanted = [code for position, code in named if not _is_refused(spoken, position)]
    if wanted:
        return wanted[-1]
    refused = {code for _, code in named}
    return written_in if written_in not in refused else None


def _code(word: str) -> str | None:
    return next((code for code, names in _NAMES.items() if word in names), None)


def _is_refused(spoken: list[str], position: int) -> bool:
    return any(word in _NEGATIONS for word in spoken[max(0, position - _REACH) : position])
