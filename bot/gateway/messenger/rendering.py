"""Turns a stored message into the pieces that Messenger shows: the same answer as on the web, without Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from bot.foundation.languages import DEFAULT_LANGUAGE, language_or_none
from bot.foundation.reply import Card, Cards, Choice, Choices, Link, Part, Text, part_from_dict
from bot.gateway.messenger.activity_cards import card_texts, card_view, detail_text
from bot.gateway.messenger.lengths import head, length
from bot.gateway.messenger.quick_replies import QuickReplies, needs_numbers, quick_replies
from bot.gateway.messenger.splitting import split, split_last
from bot.gateway.messenger.templates import (
    BUTTON_TEXT_LIMIT,
    MOST_BUTTONS,
    MOST_CARDS,
    Button,
    button_template,
    carousel,
)
from bot.gateway.messenger.titles import TITLE_LIMIT
from bot.gateway.plain_text import TextLink, plain_text, text_and_links
from bot.gateway.words import GatewayWords

_WEB = ("https://", "http://")


@dataclass(frozen=True)
class Piece:
    """One message for the Send API. `instead` says the same in text, should Meta refuse the template."""

    message: dict[str, Any]
    instead: tuple[dict[str, Any], ...] = ()

    @property
    def letters(self) -> int:
        """How much there is to read, for the pause after it."""
        return length(str(self.message.get("text", "")))


@dataclass
class _Said:
    """What was put together so far: text that waits for its links, finished pieces, choices for the end."""

    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    links: list[TextLink] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


class MessengerRendering:
    """Knows the words of the door; `site` is the door's public address, for links to its own pages."""

    def __init__(self, words: GatewayWords, site: str | None) -> None:
        self._words, self._site = words, site.rstrip("/") if site else None

    def warm_up(self) -> None:
        """Read the words once, which takes a moment, so that nobody waits for it later. For a thread."""
        self._words.all_with("messenger_", DEFAULT_LANGUAGE)

    def pieces(self, payload: dict[str, Any]) -> tuple[Piece, ...]:
        """The pieces of a stored message of the bot, the house or a counsellor, in their order; the buttons stand on
        the last. None for what a person wrote, and for an empty answer."""
        if payload["role"] == "visitor":
            return ()
        reply = payload.get("reply") or {}
        language = language_or_none(payload.get("language")) or language_or_none(reply.get("language"))
        spoken = language or DEFAULT_LANGUAGE
        if payload["role"] == "counsellor" and not payload.get("topic"):
            # A person's words are never read as Markdown; an answer of the bot that they send is.
            words = "\n\n".join(part["markdown"] for part in reply.get("parts", ()) if part["kind"] == "text")
            return tuple(Piece({"text": text}) for text in split(words))
        said = _Said()
        for part in reply.get("parts", ()):
            self._take(part_from_dict(part), said, spoken)
        if as_of := self._words.as_of(payload.get("as_of"), spoken):
            said.text = _joined(said.text, as_of)
        return self._finished(said, self._votes(payload, spoken), spoken)

    def choice_of_number(self, reply: dict[str, Any], written: str) -> Choice | None:
        """The choice that somebody means who types the number of a list under the last answer, as in "14"."""
        typed = written.strip().rstrip(".)").strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) < 4):
            return None
        language = language_or_none(reply.get("language")) or DEFAULT_LANGUAGE
        parts = [part_from_dict(part) for part in reply.get("parts", ())]
        choices = [choice for part in parts if isinstance(part, Choices) for choice in part.items]
        if not needs_numbers(choices, lambda choice: self._short(choice, language)):
            return None
        return choices[int(typed) - 1] if 0 < int(typed) <= len(choices) else None

    def _take(self, part: Part, said: _Said, language: str) -> None:
        if isinstance(part, Text):
            text, links = text_and_links(part.markdown)
            if length(_joined(said.text, text)) > BUTTON_TEXT_LIMIT or len({*said.links, *links}) > MOST_BUTTONS:
                # Too much for buttons: the addresses stay in the text, where a phone makes them links.
                self._write_links_out(said)
                text, links = plain_text(part.markdown), ()
            said.text = _joined(said.text, text)
            said.links.extend(link for link in links if link.url not in {one.url for one in said.links})
        elif isinstance(part, Choices):
            said.choices.extend(part.items)
        elif isinstance(part, Link):
            if url := self._absolute(part.url):
                said.links.append(TextLink(part.title, url))
        elif isinstance(part, Cards):
            self._take_cards(part.items, said, language)

    def _take_cards(self, cards: Sequence[Card], said: _Said, language: str) -> None:
        cards = [self._with_absolute_links(card) for card in cards]
        if len(cards) == 1:
            # Alone it is told in full, under its description.
            said.text = _joined(said.text, detail_text(cards[0]))
            said.links.extend(TextLink(link.title, link.url) for link in cards[0].links)
            said.choices.extend(cards[0].choices)
            return
        self._close_text(said)
        details = self._words.say("agenda_details", language)
        for begin in range(0, len(cards), MOST_CARDS):
            shown = cards[begin : begin + MOST_CARDS]
            instead = tuple({"text": text} for text in split(card_texts(shown)))
            said.pieces.append(Piece(carousel([card_view(card, details) for card in shown]), instead))

    def _finished(self, said: _Said, votes: Sequence[Choice], language: str) -> tuple[Piece, ...]:
        found = quick_replies(said.choices, votes, lambda choice: self._short(choice, language))
        if found.lines:
            said.text = _joined(said.text, found.lines)
        self._close_text(said)
        if not found.replies or not said.pieces:
            return self._lonely(found, language) if found.replies else tuple(said.pieces)
        return (*said.pieces[:-1], _with_replies(said.pieces[-1], found.replies))

    def _lonely(self, found: QuickReplies, language: str) -> tuple[Piece, ...]:
        """Buttons without a word: Meta wants one above them."""
        return (Piece({"text": self._words.say("messenger_choose", language), "quick_replies": [*found.replies]}),)

    def _close_text(self, said: _Said) -> None:
        """Make pieces of the text so far; its links are buttons under the last of them."""
        text, links = said.text, said.links[:MOST_BUTTONS]
        further = said.links[MOST_BUTTONS:]
        text = _joined(text, "\n".join(f"{link.title}: {link.url}" for link in further))
        said.text, said.links = "", []
        if not links:
            said.pieces.extend(Piece({"text": piece}) for piece in split(text))
            return
        before, last = split_last(text, BUTTON_TEXT_LIMIT)
        said.pieces.extend(Piece({"text": piece}) for piece in split(before))
        buttons = [Button(_link_title(link), url=link.url) for link in links]
        instead = _joined(last, "\n".join(f"{link.title}: {link.url}" for link in links))
        words = last or head("\n".join(link.title for link in links), BUTTON_TEXT_LIMIT)
        said.pieces.append(Piece(button_template(words, buttons), tuple({"text": piece} for piece in split(instead))))

    def _write_links_out(self, said: _Said) -> None:
        """Put the links so far into the text instead of under it."""
        if said.links:
            said.text = _joined(said.text, "\n".join(f"{link.title}: {link.url}" for link in said.links))
            said.links = []

    def _votes(self, payload: dict[str, Any], language: str) -> tuple[Choice, ...]:
        """Thumbs where the web shows them."""
        if payload["role"] != "bot" or not payload.get("topic") or payload.get("rating"):
            return ()
        return tuple(
            Choice(f"feedback:{vote}", self._words.say(f"messenger_vote_{vote}", language)) for vote in ("up", "down")
        )

    def _short(self, choice: Choice, language: str) -> str | None:
        """The short form of a title that is written for it, for a choice that still has the title of its text."""
        key = "messenger_short_" + choice.id.replace(":", "_").replace("/", "_")
        try:
            return self._words.say(key, language)
        except KeyError:
            return None

    def _with_absolute_links(self, card: Card) -> Card:
        links = [*([Link(card.title, card.url)] if card.url else []), *card.links]
        absolute = [Link(link.title, url) for link in links if (url := self._absolute(link.url))]
        return replace(card, url=None, links=tuple(absolute))

    def _absolute(self, url: str) -> str | None:
        if url.startswith("/"):
            return self._site + url if self._site else None
        return url if url.startswith(_WEB) else None


def _with_replies(piece: Piece, replies: Sequence[dict[str, Any]]) -> Piece:
    shown = {"quick_replies": list(replies)}
    instead = (*piece.instead[:-1], {**piece.instead[-1], **shown}) if piece.instead else ()
    return Piece({**piece.message, **shown}, instead)


def _joined(before: str, after: str) -> str:
    return "\n\n".join(part for part in (before, after) if part)


def _link_title(link: TextLink) -> str:
    """What a button of 20 characters says of a link: its words, else the name before their colon, else the site."""
    name = link.title.partition(":")[0].strip()
    site = (urlsplit(link.url).hostname or "").removeprefix("www.")
    fitting = (title for title in (link.title, name, site) if title and length(title) <= TITLE_LIMIT)
    return next(fitting, link.title)
