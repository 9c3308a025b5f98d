"""Cards of activities for Messenger: side by side with what fits, one alone in full, or all as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.foundation.choices import activity_choice
from bot.foundation.reply import Card
from bot.gateway.messenger.templates import CARD_TEXT_LIMIT, MOST_BUTTONS, Button, CardView, fitting_lines

_CALENDAR_FILE = re.compile(r"/activities/([A-Za-z0-9-]{1,64})\.ics(?:\?|$)")


def card_view(card: Card, details_title: str) -> CardView:
    """A card of a carousel. When there is more to tell than fits, one of its buttons tells it."""
    links = [Button(link.title, url=link.url) for link in card.links]
    choices = [Button(choice.title, payload=choice.id) for choice in card.choices]
    is_cut = fitting_lines(card.lines, CARD_TEXT_LIMIT) != "\n".join(card.lines)
    if not choices and is_cut and (activity := _activity_of(card)):
        choices = [Button(details_title, payload=activity_choice(activity))]
    # To register counts most; the calendar file, which comes last, is also among the details.
    buttons = [*links[: MOST_BUTTONS - len(choices)], *choices] if choices else links
    return CardView(card.title, card.mark, card.lines, buttons[:MOST_BUTTONS])


def detail_text(card: Card) -> str:
    """All that a card says, without its links."""
    mark = f" ({card.mark})" if card.mark else ""
    return "\n".join((card.title + mark, *card.lines))


def card_texts(cards: Sequence[Card]) -> str:
    """Cards as one text, with the addresses of their links."""
    texts = []
    for card in cards:
        links = [f"{link.title}: {link.url}" for link in card.links]
        texts.append("\n".join((detail_text(card), *links)))
    return "\n\n".join(texts)


def _activity_of(card: Card) -> str | None:
    found = (_CALENDAR_FILE.search(link.url) for link in card.links)
    return next((one.group(1) for one in found if one), None)
