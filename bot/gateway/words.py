"""The door's own words (`data/texts`) in a visitor's language, with the centre's data filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel.dates import format_date

from bot.foundation.languages import DEFAULT_LANGUAGE, language_or_none
from bot.services.content.model import Content, Words
from bot.services.releases.active import ActiveContent
from bot.services.replies.compose import fill

#: How dates are written; "en" is that of Great Britain.
LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}
_AS_OF_FORMATS = {4: "y", 7: "MMMM y", 10: "d MMMM y"}


class GatewayWords:
    """One per process. A text that the active release does not have yet comes from the draft."""

    def __init__(self, active: ActiveContent, draft_texts: Callable[[], dict[str, Words]]) -> None:
        self._active, self._draft_texts = active, draft_texts
        self._draft: dict[str, Words] | None = None

    @property
    def content(self) -> Content:
        """What the bot says at this moment."""
        return self._active.current()

    def say(self, key: str, language: str, **names: str) -> str:
        """One text by its key. Raises KeyError for a key that nobody has written."""
        content = self.content
        words = content.texts.get(key) or self._from_draft(key)
        return fill(words[language], language, content, **names)

    def fill(self, markdown: str, language: str) -> str:
        """Words that did not come from `data/texts`, with the centre's data filled in."""
        return fill(markdown, language, self.content)

    def all_with(self, prefix: str, language: str) -> dict[str, str]:
        """Every text whose key begins so."""
        draft = self._from_files()
        keys = {**draft, **self.content.texts}
        return {key: self.say(key, language) for key in keys if key.startswith(prefix)}

    def as_of(self, day: str | None, language: str) -> str | None:
        """The age of an answer's facts: "Situation in November 2020"."""
        if not day or len(day) not in _AS_OF_FORMATS:
            return None
        try:
            moment = date.fromisoformat(f"{day}-01-01"[: len("2020-11-01")])
        except ValueError:
            return None
        written = format_date(moment, _AS_OF_FORMATS[len(day)], locale=LOCALES[language])
        key = "gateway_as_of_day" if len(day) == len("2020-11-01") else "gateway_as_of"
        return self.say(key, language, date=written)

    def _from_draft(self, key: str) -> Words:
        return self._from_files()[key]

    def _from_files(self) -> dict[str, Words]:
        if self._draft is None:
            self._draft = self._draft_texts()
        return self._draft


def language_wanted(*hints: str | None) -> str:
    """The first language among the hints that we speak; a hint may be an Accept-Language header."""
    for hint in hints:
        for part in (hint or "").split(","):
            found = language_or_none(part.partition(";")[0])
            if found:
                return found
    return DEFAULT_LANGUAGE
