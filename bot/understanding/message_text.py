"""Makes any input safe to understand: no control characters, no lone surrogates, bounded length."""

from __future__ import annotations

import re
import unicodedata

#: The gateway refuses longer messages; here the rest is cut, so that a message costs the same at any length.
MAX_CHARACTERS = 1000

_SPACES = re.compile(r"\s+")
_COMMAND = re.compile(r"/[\w/+-]+\s*(?:\{.*\})?")
#: A shorter number tells an age or picks from a list, a longer one is somebody's telephone.
_SERVICE_NUMBER = re.compile(r"\d{3,4} ?[?!.]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def clean(text: str) -> str:
    """The message on one line: composed, without control and invisible characters, cut at MAX_CHARACTERS."""
    head = text[: 4 * MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    composed = unicodedata.normalize("NFKC", head)
    visible = "".join(" " if _is_hidden(char) else char for char in composed)
    return _SPACES.sub(" ", visible).strip()[:MAX_CHARACTERS]


def words(text: str) -> list[str]:
    """The words of a cleaned message in lower case, without digits and marks."""
    return [match.casefold() for match in _WORD.findall(text)]


def is_command(text: str) -> bool:
    """Whether a cleaned message is written like a command of a chat system (`/restart`, `/greet{"a": 1}`)."""
    return _COMMAND.fullmatch(text) is not None


def is_readable(text: str) -> bool:
    """Whether a cleaned message holds a letter, or is a number that a service may be known by (1819, 0800)."""
    return any(char.isalpha() for char in text) or _SERVICE_NUMBER.fullmatch(text) is not None


def without_accents(text: str) -> str:
    """The same letters without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _is_hidden(char: str) -> bool:
    return char != "\u200d" and unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"}
