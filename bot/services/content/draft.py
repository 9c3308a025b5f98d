"""Reads the draft: everything under `data/` that the bot says, as one `Content`.

A fault of form (broken YAML, wrong type, missing language) raises YamlFileError with file and line.
What is well-formed but not good enough is the matter of the checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.services.content.answer_entries import answer_entries, response_variations
from bot.services.content.card_entries import DIALOGUE, TOPICS, CardEntry, card_entries, theme_entries
from bot.services.content.model import Card, Content, Words
from bot.services.content.word_entries import WordsEntry, read_words, text_entries, word_entries

__all__ = ["CENTRE_FILE", "read_draft", "read_words", "read_words_file", "response_variations"]

CENTRE_FILE = "centre.yml"


def read_draft(data: Path) -> Content:
    """The whole draft under the folder `data`."""
    cards = list(card_entries(data / "topics"))
    return Content(
        answers={
            entry.name: {language: text for language, text, _ in entry.variations}
            for entry in answer_entries(data / "responses")
        },
        cards=_cards_of(cards, TOPICS),
        dialogue=_cards_of(cards, DIALOGUE),
        themes={entry.name: entry.theme for entry in theme_entries(data / "topics") if entry.theme},
        texts=_words_by_key(text_entries(data / "texts")),
        centre=read_words_file(data / CENTRE_FILE, "placeholders"),
    )


def _cards_of(entries: Iterable[CardEntry], kind: str) -> dict[str, Card]:
    return {entry.name: entry.card for entry in entries if entry.kind == kind and entry.card}


def _words_by_key(entries: Iterable[WordsEntry]) -> dict[str, Words]:
    return {entry.key: entry.words for entry in entries if entry.words}


def read_words_file(path: Path, section: str) -> dict[str, Words]:
    """Words in every language by key, from one section of a file; one plain value serves all languages."""
    return _words_by_key(word_entries(path, section))
