"""Cuts a request into tokens that are the same in all three languages. Used by everything that reads a request.

The tokenizers that spaCy has for French, Dutch and English each cut `14/12`, `9h30`, `week-end` and `'s avonds`
in another way, so words, numbers and signs are cut here alike: folded (no accents, lower case, one kind of
apostrophe and hyphen), with the place in the original text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: A longer request is read up to here.
LONGEST = 2000

_SIGNS = str.maketrans(
    dict.fromkeys("’‘ʼ´`′", "'") | dict.fromkeys("‐‑‒–—−", "-") | {"œ": "oe", "æ": "ae", "ß": "ss"}
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")


@dataclass(frozen=True)
class Token:
    """A word, a number or a sign; `begins` and `ends` are its place in the original text."""

    text: str
    begins: int
    ends: int
    is_glued: bool
    is_upper: bool = False

    @property
    def number(self) -> int | None:
        """The value of a number of at most four digits."""
        return int(self.text) if self.text.isdecimal() and len(self.text) <= 4 else None


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text."""
    folded, places = _folded_with_places(text[:LONGEST])
    tokens, end = [], -1
    for found in _TOKEN.finditer(folded):
        begins, last = places[found.start()], places[found.end() - 1]
        tokens.append(Token(found.group(), begins, last + 1, found.start() == end, text[begins : last + 1].isupper()))
        end = found.end()
    return tuple(tokens)


def words_of(text: str) -> tuple[str, ...]:
    """The folded tokens of a text, without their places."""
    return tuple(token.text for token in tokens_of(text))


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = unicodedata.normalize("NFKD", character.casefold().translate(_SIGNS))
        for part in plain.translate(_SIGNS):
            if unicodedata.combining(part) or unicodedata.category(part) == "Cf":
                continue
            characters.append(" " if unicodedata.category(part)[0] in "CZ" else part)
            places.append(place)
    return "".join(characters), places
