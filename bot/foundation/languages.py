"""The languages that the bot speaks, always in this order. Used by every room."""

from __future__ import annotations

LANGUAGES: tuple[str, ...] = ("fr", "nl", "en")
DEFAULT_LANGUAGE = "fr"

#: What each language calls itself; a person looks for their own word, never for a flag or a code.
OWN_NAMES: dict[str, str] = {"fr": "Français", "nl": "Nederlands", "en": "English"}


def language_or_none(code: object) -> str | None:
    """One of our codes from anything a door may hint ("nl-BE", "FR", None), or None."""
    if not isinstance(code, str):
        return None
    short = code.strip().replace("_", "-").split("-")[0].casefold()
    return short if short in LANGUAGES else None
