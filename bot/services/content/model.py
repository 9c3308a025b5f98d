"""The content in memory: answers, topic cards, themes, texts and the centre's own data.

Built by `read_draft` from `data/`, or by `Content.from_dict` from a release.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: Words in every language, as in {"fr": ..., "nl": ..., "en": ...}.
Words = dict[str, str]


@dataclass(frozen=True)
class Card:
    """What is known of a topic besides its words.

    `next_steps` are choice ids; `as_of` and `review_by` dates as text; `caution` is for editors only.
    A dialogue card (greeting, fallback ...) has next steps and nothing else.
    """

    title: Words
    next_steps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    as_of: str | None = None
    review_by: str | None = None
    owner: str | None = None
    volatile: bool = False
    offer_person: bool = False
    caution: str | None = None


@dataclass(frozen=True)
class Theme:
    """A group of topics. `starters` are the topics that a visitor is shown first."""

    title: Words
    starters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """Everything that the bot can say.

    `answers` by full name without the `utter_` prefix (`centre/languages`, `fallback`); `cards` by
    topic, `dialogue` cards by the name of a dialogue answer; `texts` by key; `centre` by placeholder name.
    """

    answers: dict[str, Words]
    cards: dict[str, Card]
    dialogue: dict[str, Card]
    themes: dict[str, Theme]
    texts: dict[str, Words]
    centre: dict[str, Words]

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form, kept in a release."""
        return asdict(self)

    @staticmethod
    def from_dict(data: dict[str, Any]) -> Content:
        """The inverse of `as_dict`."""
        return Content(
            answers=data["answers"],
            cards={name: _card(card) for name, card in data["cards"].items()},
            dialogue={name: _card(card) for name, card in data["dialogue"].items()},
            themes={
                name: Theme(title=theme["title"], starters=tuple(theme["starters"]))
                for name, theme in data["themes"].items()
            },
            texts=data["texts"],
            centre=data["centre"],
        )


def _card(data: dict[str, Any]) -> Card:
    return Card(
        **{
            **data,
            "next_steps": tuple(data["next_steps"]),
            "sources": tuple(data["sources"]),
        }
    )
