"""What the bot says in one turn, the same structure at every door; each door renders it for itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """Words in Markdown (bold, lists and links only)."""

    markdown: str

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "text", "markdown": self.markdown}


@dataclass(frozen=True)
class Choice:
    """One button: `id` as in `bot.foundation.choices`, `title` in the reply's language."""

    id: str
    title: str

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title}


@dataclass(frozen=True)
class Choices:
    """Buttons offered together."""

    items: tuple[Choice, ...]

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "choices", "items": [item.as_dict() for item in self.items]}


@dataclass(frozen=True)
class Link:
    """One address that deserves a button of its own."""

    title: str
    url: str

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "link", "title": self.title, "url": self.url}


@dataclass(frozen=True)
class Card:
    """One entry of a list that is shown as cards (an activity).

    `mark` is a word or two that belong to the title ("cancelled", "sample"); `language` is that of the title
    where it is not the reply's. An address of `links` that begins with `/` is one of the public door itself.
    """

    title: str
    lines: tuple[str, ...] = ()
    url: str | None = None
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    mark: str | None = None
    language: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "lines": list(self.lines),
            "url": self.url,
            "choices": [choice.as_dict() for choice in self.choices],
            "links": [{"title": link.title, "url": link.url} for link in self.links],
            "mark": self.mark,
            "language": self.language,
        }


@dataclass(frozen=True)
class Cards:
    """Cards shown side by side or one below the other."""

    items: tuple[Card, ...]

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "cards", "items": [item.as_dict() for item in self.items]}


Part = Text | Choices | Cards | Link


@dataclass(frozen=True)
class Reply:
    """All that is said in one turn.

    `topic` is the topic answered (None when none was), `as_of` the date of its facts
    ("2020", "2020-11" or "2020-11-01") when a person should see it.
    """

    language: str
    parts: tuple[Part, ...] = field(default_factory=tuple)
    topic: str | None = None
    as_of: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form, the body of every channel's answer."""
        return {
            "language": self.language,
            "topic": self.topic,
            "as_of": self.as_of,
            "parts": [part.as_dict() for part in self.parts],
        }


def reply_from_dict(data: dict[str, Any]) -> Reply:
    """The inverse of `Reply.as_dict`. Raises KeyError or ValueError on a foreign structure."""
    return Reply(
        language=data["language"],
        topic=data.get("topic"),
        as_of=data.get("as_of"),
        parts=tuple(part_from_dict(part) for part in data["parts"]),
    )


def part_from_dict(part: dict[str, Any]) -> Part:
    """One part of a reply. Raises KeyError or ValueError on a foreign structure."""
    kind = part["kind"]
    if kind == "text":
        return Text(part["markdown"])
    if kind == "choices":
        return Choices(_choices_from_list(part["items"]))
    if kind == "link":
        return Link(part["title"], part["url"])
    if kind == "cards":
        return Cards(
            tuple(
                Card(
                    title=card["title"],
                    lines=tuple(card["lines"]),
                    url=card["url"],
                    choices=_choices_from_list(card["choices"]),
                    links=tuple(Link(link["title"], link["url"]) for link in card.get("links", ())),
                    mark=card.get("mark"),
                    language=card.get("language"),
                )
                for card in part["items"]
            )
        )
    raise ValueError(f"unknown part {kind!r}")


def _choices_from_list(items: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(item["id"], item["title"]) for item in items)
