"""Cards as plain text, for the doors that show no cards: the transcript and `faqbot chat`."""

from __future__ import annotations

from typing import Any


def card_lines(card: dict[str, Any], door: str | None = None) -> list[str]:
    """The lines of one card. `door` is the address before links of the public door itself; without it they are
    left out."""
    mark = f" ({card['mark']})" if card.get("mark") else ""
    lines = [f"* {card['title']}{mark}", *(f"  {line}" for line in card["lines"])]
    links = [{"title": card["title"], "url": card["url"]}] if card["url"] else []
    for link in (*links, *card.get("links", ())):
        is_own = link["url"].startswith("/")
        if door or not is_own:
            lines.append(f"  {link['title']} <{door if is_own else ''}{link['url']}>")
    return lines
