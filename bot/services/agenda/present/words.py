"""The texts of the agenda (`data/texts/agenda.yml`) in a person's language, for the chat and the verbs."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from babel.numbers import format_decimal

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.draft import read_draft
from bot.services.content.model import Words
from bot.services.releases.active import ActiveContent
from bot.services.replies.compose import fill

#: How dates and numbers are written; "en" is that of Great Britain.
LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}


class Speaker(Protocol):
    """Whoever can say a text by its key; the public door has a speaker of its own."""

    def say(self, key: str, language: str, **names: str) -> str:
        """One text, filled with the centre's data and with `names`."""


class AgendaWords:
    """Texts of the active release; one that the release does not have yet comes from the draft."""

    def __init__(self, active: ActiveContent) -> None:
        self._active = active

    def say(self, key: str, language: str, **names: str) -> str:
        """One text by its key. Raises KeyError for a key that nobody has written."""
        content = self._active.current()
        words = content.texts.get(key) or self._draft[key]
        return fill(words[language], language, content, **names)

    @cached_property
    def _draft(self) -> dict[str, Words]:
        return read_draft(PROJECT_FOLDER / "data").texts


def number(value: int, language: str) -> str:
    """A whole number as it is written in the language: 1 000, 1.000, 1,000."""
    return str(format_decimal(value, locale=LOCALES[language]))


def joined(words: list[str], last: str) -> str:
    """Words as an enumeration, with `last` ("and") before the last one."""
    return " ".join((", ".join(words[:-1]), last, words[-1])) if len(words) > 1 else "".join(words)


def plain(text: str) -> str:
    """Words of a source for use inside Markdown: nothing in them is read as a sign."""
    return "".join("\\" + sign if sign in _SIGNS else sign for sign in " ".join(text.split()))


_SIGNS = frozenset("\\`*_[]<>&!#|~")
