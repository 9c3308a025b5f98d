"""Tells a name from a sentence, without asking the bot: what may be a name never leaves the form."""

from __future__ import annotations

import re
import unicodedata

from bot.services.callback.word_lists import WordLists, folded

LONGEST_NAME = 80
_MOST_WORDS = 7
_NOT_IN_NAMES = re.compile(r"[<>{}\[\]\\|@=;$%^*\"]|://|www\.|\d{3}", re.IGNORECASE)
_ENDS = " \t,.;:!-"


def name_in(text: str, lists: WordLists) -> str | None:
    """The name that somebody gives, also after "my name is"; None when it is none.

    Signs that a name does not have, such as those of a script, make it none.
    """
    name = _bare(text)
    introduced = lists.begins_with("introduction", folded(name))
    if introduced:
        name = _after(name, len(introduced.split()))
    words = folded(name).split()
    if not words or len(words) > _MOST_WORDS or len(name) > LONGEST_NAME or _NOT_IN_NAMES.search(name):
        return None
    if "?" in name or not any(character.isalpha() for character in name):
        return None
    if len(words) > 2 and lists.holds("sentence", " ".join(words)):
        return None
    return name


def _bare(text: str) -> str:
    # Signs without a width could turn the order of letters around wherever the name is shown.
    shown = "".join(
        " " if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc") else character
        for character in text
        if unicodedata.category(character) != "Cf"
    )
    return " ".join(shown.split()).strip(_ENDS)


def _after(text: str, count: int) -> str:
    """What follows so many words; an apostrophe or a hyphen ends a word too."""
    found = re.match(rf"(?:\W*\w+){{{count}}}", text)
    return text[found.end() :].strip(_ENDS + "'’") if found else text
