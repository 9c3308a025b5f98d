"""Markdown of answers as plain text, for the doors that show no HTML: transcript and Messenger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

# Headings, code, images and HTML have no place in an answer; what looks like HTML is shown as it was written.
MARKDOWN = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True}).enable(
    ["emphasis", "list", "link", "newline", "escape", "entity", "autolink"]
)

_SHOWN_AS_WRITTEN = ("mailto:", "tel:")


@dataclass(frozen=True)
class TextLink:
    """A link of an answer: the words that carry it, and where it leads."""

    title: str
    url: str


def plain_text(markdown: str) -> str:
    """An answer as text: marks of bold and lists stay readable, links show their address."""
    return _text(markdown, None)


def text_and_links(markdown: str) -> tuple[str, tuple[TextLink, ...]]:
    """An answer as text in which web links are their words alone, and these links in their order, each once."""
    links: list[TextLink] = []
    text = _text(markdown, links)
    once: dict[str, TextLink] = {}
    for link in links:
        once.setdefault(link.url, link)
    return text, tuple(once.values())


def _text(markdown: str, links: list[TextLink] | None) -> str:
    parts: list[str] = []
    for token in MARKDOWN.parse(markdown):
        if token.type == "inline":
            parts.append(_inline_text(token.children or [], links))
        elif token.type == "list_item_open":
            parts.append("- ")
        elif token.type == "paragraph_close":
            parts.append("\n" if token.hidden else "\n\n")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            parts.append("\n")
    return "".join(parts).strip()


def _inline_text(children: list[Any], links: list[TextLink] | None) -> str:
    text, link, shown_from = "", "", 0
    for child in children:
        if child.type == "link_open":
            link, shown_from = str(child.attrs["href"]), len(text)
        elif child.type == "link_close":
            shown = text[shown_from:]
            if links is not None and not link.startswith(_SHOWN_AS_WRITTEN):
                links.append(TextLink(shown, link))
            else:
                text += "" if link.removeprefix("mailto:") == shown else f" ({link})"
        elif child.type in {"softbreak", "hardbreak"}:
            text += "\n"
        else:
            text += child.content
    return text
