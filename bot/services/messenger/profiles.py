"""What the profile of a person of Messenger tells: the locale, as a hint of the language. Nothing else is kept."""

from __future__ import annotations

import re

from bot.store import message_changes, messenger_rows
from bot.store.database import Database

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})?")


class Profiles:
    """One per process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def locale_of(self, contact_id: str) -> str | None:
        """The locale that is known, as in "nl_BE"."""
        with self._database.reading() as connection:
            person = messenger_rows.of_contact(connection, contact_id)
        return person.locale if person else None

    def note_locale(self, contact_id: str, locale: str, language: str | None) -> None:
        """Keep the locale; `language` is ours that fits, and messages that wait are read with it in mind."""
        if not _LOCALE.fullmatch(locale):
            return
        with self._database.writing() as connection:
            messenger_rows.change(connection, contact_id, locale=locale)
            if language:
                message_changes.hint_language(connection, contact_id, language)
