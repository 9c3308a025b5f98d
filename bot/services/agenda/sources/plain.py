"""Makes plain, bounded text of what sources write, which may hold HTML, and decodes their bytes."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import nh3

_LONGEST_TITLE = 300
_LONGEST_TEXT = 5000
_LONGEST_ADDRESS = 2000
_BREAKS = re.compile(r"<\s*(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
#: How HTML writes a mark; without one there is nothing to take out.
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")
#: Control characters other than tab and line break; marks that turn the direction of writing.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def title_text(raw: object) -> str:
    """One line without markup, at most 300 characters; empty for nothing."""
    return _shortened(" ".join(_without_markup(raw).split()), _LONGEST_TITLE)


def description_text(raw: object) -> str:
    """Lines without markup, at most 5000 characters; empty for nothing."""
    lines = (" ".join(line.split()) for line in _without_markup(raw).splitlines())
    return _shortened(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), _LONGEST_TEXT)


def web_address(raw: object) -> str | None:
    """An address with http or https and a host, else None: it becomes a link that people press."""
    text = str(raw or "").strip()
    try:
        parts = urlsplit(text)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    is_clean = len(text) <= _LONGEST_ADDRESS and not re.search(r"[\s<>\"\x00-\x1f]", text)
    return text if is_web and is_clean and not parts.username else None


def split_list(raw: object) -> list[str]:
    """The parts of a list that a person typed: with commas, semicolons, slashes or bars between."""
    return [part.strip() for part in re.split(r"[,;/|\n]", str(raw or "")) if part.strip()]


def decoded(content: bytes) -> str:
    """UTF-8 (with or without its mark) or, where that cannot be, Windows-1252: what spreadsheets write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", "replace")


def _without_markup(raw: object) -> str:
    text = _INVISIBLE.sub("", str(raw if raw is not None else ""))
    # Twice: some sources escape HTML that they have already escaped.
    for _ in range(2):
        if not _MARKUP.search(text):
            break
        text = html.unescape(nh3.clean(_BREAKS.sub("\n", text), tags=set()))
    return _INVISIBLE.sub("", text)


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
