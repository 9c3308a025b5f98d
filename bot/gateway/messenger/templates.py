"""Meta's templates with their limits: buttons under a text, cards side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.gateway.messenger.lengths import length
from bot.gateway.messenger.titles import short

BUTTON_TEXT_LIMIT, MOST_BUTTONS = 640, 3
MOST_CARDS, CARD_TEXT_LIMIT = 10, 80


@dataclass(frozen=True)
class Button:
    """Leads to an address, or tells us the payload."""

    title: str
    url: str | None = None
    payload: str | None = None

    def as_dict(self) -> dict[str, str]:
        """As Meta takes it."""
        if self.url:
            return {"type": "web_url", "title": short(self.title), "url": self.url}
        return {"type": "postback", "title": short(self.title), "payload": self.payload or ""}


@dataclass(frozen=True)
class CardView:
    """One card of a carousel: a title, lines of which as many are shown as fit, buttons."""

    title: str
    mark: str | None
    lines: Sequence[str]
    buttons: Sequence[Button]

    def as_dict(self) -> dict[str, Any]:
        """As Meta takes it."""
        element: dict[str, Any] = {"title": self._title()}
        if subtitle := fitting_lines(self.lines, CARD_TEXT_LIMIT):
            element["subtitle"] = subtitle
        if self.buttons:
            element["buttons"] = [button.as_dict() for button in self.buttons[:MOST_BUTTONS]]
        if len(element) == 1:
            # Meta wants something beside the title.
            element["subtitle"] = element["title"]
        return element

    def _title(self) -> str:
        mark = f" ({self.mark})" if self.mark else ""
        room = CARD_TEXT_LIMIT - length(mark)
        return (
            short(self.title, room) + mark
            if room > CARD_TEXT_LIMIT / 2
            else short(self.title + mark, CARD_TEXT_LIMIT)
        )


def button_template(text: str, buttons: Sequence[Button]) -> dict[str, Any]:
    """The message: a text of 640 characters at most, and one to three buttons."""
    shown = [button.as_dict() for button in buttons]
    return _template({"template_type": "button", "text": text, "buttons": shown})


def carousel(cards: Sequence[CardView]) -> dict[str, Any]:
    """The message: one to ten cards."""
    return _template({"template_type": "generic", "elements": [card.as_dict() for card in cards]})


def fitting_lines(lines: Sequence[str], limit: int) -> str:
    """As many whole lines as fit; of the first one as many words."""
    kept = ""
    for line in lines:
        longer = f"{kept}\n{line}" if kept else line
        if length(longer) > limit:
            break
        kept = longer
    return kept or (short(lines[0], limit) if lines else "")


def _template(payload: dict[str, Any]) -> dict[str, Any]:
    return {"attachment": {"type": "template", "payload": payload}}
