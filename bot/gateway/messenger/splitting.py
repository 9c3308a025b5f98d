"""Cuts a long text into messages: at the end of a paragraph or sentence, else between words, never in a character."""

from __future__ import annotations

import re

from bot.gateway.messenger.lengths import head, length

#: Meta's limit for a text message.
TEXT_LIMIT = 2000

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(r"(?<![.!?…])[.!?…]+[»”\"')\]]*\s+(?![a-zà-ÿ])")
_SPACE = re.compile(r"\s+")
#: A full stop after these ends no sentence.
_SHORTENED = re.compile(
    r"(?:^|[\s.(«“\"'])(?:[A-Za-z]|M|Mme|Mr|Mrs|Dr|dhr|mevr|St|Ste|av|art|bv|nr|no|tel|tél|ex|max|min|env|ca|incl|resp|cf|etc)\.$",
    re.IGNORECASE,
)
#: A cut at a better place must leave at least so much of a message.
_WORTH_IT = (0.5, 0.35, 0.25, 0.0)


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in messages of `limit` characters at most, without blank ends; none for a blank text."""
    pieces: list[str] = []
    rest = text.strip()
    while length(rest) > limit:
        piece, rest = _first(rest, limit)
        pieces.append(piece)
    return [*pieces, rest] if rest else pieces


def split_last(text: str, limit: int) -> tuple[str, str]:
    """The text in two, so that the second fits the limit and begins with a paragraph, line or sentence; the second
    is empty when the text has no such place."""
    if length(text) <= limit:
        return "", text
    for pattern in (_PARAGRAPH, _LINE, _SENTENCE):
        ends = [found.end() for found in _ends(pattern, text)]
        fitting = [end for end in ends if 0 < length(text[end:].strip()) <= limit]
        if fitting:
            return text[: fitting[0]].strip(), text[fitting[0] :].strip()
    return text, ""


def _first(text: str, limit: int) -> tuple[str, str]:
    window = head(text, limit)
    # One character more: the text may be cut where the window ends.
    seen = text[: len(window) + 1]
    for pattern, share in zip((_PARAGRAPH, _LINE, _SENTENCE, _SPACE), _WORTH_IT, strict=True):
        places = [found for found in _ends(pattern, seen) if found.start() > share * len(window)]
        if places:
            end = places[-1].end()
            piece = text[:end].rstrip()
            if piece and length(piece) <= limit:
                return piece, text[end:].lstrip()
    return window, text[len(window) :].lstrip()


def _ends(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found = pattern.finditer(text)
    if pattern is not _SENTENCE:
        return list(found)
    return [one for one in found if not _SHORTENED.search(text[max(0, one.start() - 12) : one.start() + 1])]
