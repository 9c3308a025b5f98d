"""What people type, made fit to be stored and read; the same at every door."""

from __future__ import annotations

import re

#: The same limit as in the understanding; doors count as people do, in characters.
MAX_CHARACTERS = 1000
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Nothing that a person types: control characters but tab and line end, and marks that turn the writing around.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Of use within words and emoji, and nothing by themselves.
_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")
_HALF = re.compile(r"[\ud800-\udfff]")


def cleaned(text: str) -> str:
    """The text with plain line ends, without what nobody types, and without space around."""
    plain = _HALF.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub("", _LINE_END.sub("\n", text)))
    return plain.strip()


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen."""
    return not _INVISIBLE.sub("", text).strip()
