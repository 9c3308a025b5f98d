"""Titles of buttons in Meta's 20 characters: a short form written for it, else whole words and an ellipsis."""

from __future__ import annotations

from bot.gateway.messenger.lengths import ELLIPSIS, head, length

TITLE_LIMIT = 20

#: Words that lead to the next one; alone at the end of a title they say nothing.
_LEADING = """
    à au aux avec ce ces d de des dans du en et l la le les mon ou où par pour que qui quel quelle sa ses son sur
    un une aan bij de die dat een en het hoe ik in is je met mijn naar of om op over te tot uit van voor wat welke wie
    a an and at by do for from how i in is my of on or that the to what where which who with your
"""
_LEADING_WORDS = frozenset(_LEADING.split())
_LOOSE_SIGNS = " ,;:-–—/(«“\"'’"


def short(title: str, limit: int = TITLE_LIMIT) -> str:
    """The title, or as many of its first words as fit and an ellipsis. Never empty for a title that is not blank."""
    title = " ".join(title.split())
    if length(title) <= limit:
        return title
    room = limit - length(ELLIPSIS)
    begin = head(title, room)
    words = begin.split(" ")
    if title[len(begin) : len(begin) + 1] not in ("", " "):
        words.pop()
    while len(words) > 1 and words[-1].strip(_LOOSE_SIGNS).casefold() in _LEADING_WORDS:
        words.pop()
    kept = " ".join(words).rstrip(_LOOSE_SIGNS)
    # One long word, as Dutch has them, is cut within.
    return (kept or begin.rstrip(_LOOSE_SIGNS) or begin) + ELLIPSIS


def look_equal(titles: list[str]) -> bool:
    """Whether two of the titles cannot be told apart."""
    seen = [title.casefold() for title in titles]
    return len(set(seen)) < len(seen)


def numbered(number: int, title: str) -> str:
    """A title that begins with its number in the text, as in `3. Trouver une…`."""
    mark = f"{number}. "
    return mark + short(title, TITLE_LIMIT - len(mark))
