"""Choices as quick replies: 13 at most, told apart in 20 characters; else also numbered in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.foundation.reply import Choice
from bot.gateway.messenger.titles import look_equal, numbered, short

MOST_QUICK_REPLIES = 13


@dataclass(frozen=True)
class QuickReplies:
    """What stands under the last piece, and lines for the text above it ("" when the titles say it all)."""

    replies: tuple[dict[str, Any], ...]
    lines: str = ""


def quick_replies(
    choices: Sequence[Choice], votes: Sequence[Choice], short_title: Callable[[Choice], str | None]
) -> QuickReplies:
    """The choices, then the votes where there is room. `short_title` knows short forms of long titles."""
    is_listed = needs_numbers(choices, short_title)
    if is_listed:
        titles = [numbered(number, choice.title) for number, choice in enumerate(choices, start=1)]
        lines = "\n".join(f"{number}. {choice.title}" for number, choice in enumerate(choices, start=1))
    else:
        titles, lines = [_shown(choice, short_title) for choice in choices], ""
    pairs = list(zip(titles, (choice.id for choice in choices), strict=True))[:MOST_QUICK_REPLIES]
    if len(pairs) + len(votes) <= MOST_QUICK_REPLIES:
        pairs.extend((short(vote.title), vote.id) for vote in votes)
    return QuickReplies(tuple(_quick_reply(title, payload) for title, payload in pairs), lines)


def needs_numbers(choices: Sequence[Choice], short_title: Callable[[Choice], str | None]) -> bool:
    """Whether the choices are listed in the text: there are too many, or two would look the same."""
    return len(choices) > MOST_QUICK_REPLIES or look_equal([_shown(choice, short_title) for choice in choices])


def _shown(choice: Choice, short_title: Callable[[Choice], str | None]) -> str:
    whole = short(choice.title)
    return whole if whole == " ".join(choice.title.split()) else short(short_title(choice) or choice.title)


def _quick_reply(title: str, payload: str) -> dict[str, Any]:
    return {"content_type": "text", "title": title, "payload": payload}
