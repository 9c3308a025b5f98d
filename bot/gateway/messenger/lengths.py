"""How long a text is for Meta, and where it may be cut: never inside of what a reader sees as one character.

Meta's limits are in characters; a character outside of the basic plane (most emoji) is counted as two, as in UTF-16,
so that what fits here fits however it is counted there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"

_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
_LEADING_JAMO, _OTHER_JAMO = range(0x1100, 0x1160), range(0x1160, 0x1200)
_HANGUL = range(0xAC00, 0xD7A4)


def length(text: str) -> int:
    """Characters as Meta counts them."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def graphemes(text: str) -> Iterator[str]:
    """The text in pieces that a reader sees as one character each: letter with accents, emoji with skin, flag."""
    begin = 0
    for place in range(1, len(text)):
        if not _belongs(text, begin, place):
            yield text[begin:place]
            begin = place
    if text:
        yield text[begin:]


def head(text: str, limit: int) -> str:
    """As much of the text as fits, in whole characters of a reader. One that alone is too long is not kept whole:
    the rest of it is only marks (a hundred accents on one letter)."""
    end, used = 0, 0
    for piece in graphemes(text):
        used += length(piece)
        if used > limit:
            break
        end += len(piece)
    return text[:end] if end else _within(text, limit)


def _within(text: str, limit: int) -> str:
    kept = text[:limit]
    while length(kept) > limit:
        kept = kept[:-1]
    return kept


def _belongs(text: str, begin: int, place: int) -> bool:
    """Whether the character at `place` is part of the one that begins at `begin`."""
    before, this = text[place - 1], text[place]
    code = ord(this)
    if before == "\r" and this == "\n":
        return True
    if before in "\r\n" or unicodedata.category(before) == "Cc":
        return False
    if unicodedata.category(this) in ("Mn", "Me", "Mc") or this == _JOINER:
        return True
    if code in _SKIN_TONES or code in _TAGS:
        return True
    if before == _JOINER:
        return _is_pictograph(this)
    if code in _FLAG_LETTERS and ord(before) in _FLAG_LETTERS:
        return (place - begin) % 2 == 1
    if code in _OTHER_JAMO:
        return ord(before) in _LEADING_JAMO or ord(before) in _OTHER_JAMO or ord(before) in _HANGUL
    return code in _LEADING_JAMO and ord(before) in _LEADING_JAMO


def _is_pictograph(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk") or ord(character) > 0x1F000
