"""Splits what a person reads into sentences and counts its words, for French, Dutch and English.

Numbers, web addresses and abbreviations do not end a sentence. Every line and list item is one of its own.
"""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_AUTOLINK = re.compile(r"<(https?://[^>\s]+)>")
_ITEM_MARK = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)\s+")
_EMPHASIS = re.compile(r"\*+|__")

#: `0800 555 66` and `1 000` are one word, with plain or non-breaking spaces.
_SPACE_IN_NUMBER = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d)")

_CLOSERS = "\"'”’»)]"
_OPENERS = "\"'“‘«(["
_END = re.compile(rf"([.!?…]+)[{re.escape(_CLOSERS)}]*$")

#: `p.ex`, `d.w.z`, `c.-à-d`, `i.e`: letters with dots between them.
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,3}")
#: Dotted ones that may also close a sentence, as in `until 7 p.m. Call us.`
_DOTTED_AT_END = frozenset({"a.m", "p.m", "e.a", "s.a", "n.v", "n.b"})
_SINGLE_LETTER = re.compile(r"[^\W\d_]")
#: Hour and minute close a sentence as often as not: `14.30 u. Bel ons.`
_LETTERS_AT_END = frozenset({"u", "h", "j"})
#: Always followed by more of the same sentence.
_ABBREVIATIONS = frozenset(
    (
        *("mm", "mme", "mmes", "mlle", "mr", "mrs", "ms", "dr", "prof", "dhr", "mevr", "mw", "st", "ste"),
        *("av", "bd", "bld", "chée", "tel", "tél", "nr", "n°", "nrs", "art", "chap", "cf", "vs", "resp"),
        *("ex", "bv", "bijv", "dwz", "mbt", "env", "ca", "max", "incl", "excl", "zgn", "vb", "pp", "fig"),
    )
)


def visible_text(markdown: str) -> str:
    """The words that a person sees: a link as its text, without the marks of lists and emphasis."""
    without_links = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", markdown))
    lines = (_ITEM_MARK.sub("", line) for line in without_links.splitlines())
    return "\n".join(_EMPHASIS.sub("", line).strip() for line in lines)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text in Markdown, in order; one without a word is left out."""
    found = [sentence for line in visible_text(markdown).splitlines() for sentence in _of_line(line)]
    return [sentence for sentence in found if word_count(sentence)]


def word_count(text: str) -> int:
    """The words of a text without Markdown; a number counts as one, however it is grouped."""
    joined = _SPACE_IN_NUMBER.sub("", text)
    return sum(any(char.isalnum() for char in token) for token in joined.split())


def _of_line(line: str) -> list[str]:
    tokens = line.split()
    found: list[str] = []
    start = 0
    for position in range(len(tokens)):
        if _ends_sentence(tokens, position):
            found.append(" ".join(tokens[start : position + 1]))
            start = position + 1
    return [*found, " ".join(tokens[start:])]


def _ends_sentence(tokens: list[str], position: int) -> bool:
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else ""
    if following and not following.strip(_CLOSERS):
        return False  # « Venez ! » : the closing mark still belongs to the sentence
    if not token.strip(_CLOSERS) and position:
        token = tokens[position - 1] + token
    end = _END.search(token)
    if not end:
        return False
    if following.lstrip(_OPENERS)[:1].islower():
        return False
    return not (end.group(1) == "." and _is_abbreviation(token[: end.start()], following))


def _is_abbreviation(word: str, following: str) -> bool:
    bare = word.lstrip(_OPENERS)
    lowered = bare.casefold()
    if _SINGLE_LETTER.fullmatch(bare):
        return lowered not in _LETTERS_AT_END or bare.isupper()
    if _DOTTED.fullmatch(lowered):
        return lowered not in _DOTTED_AT_END
    return lowered in _ABBREVIATIONS or (lowered in {"no", "p", "min"} and following[:1].isdigit())
