"""Reads `data/callback/words.yml` and finds its words in what people type into the form."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping

WORDS_FILE = Path("callback") / "words.yml"

_LISTS = ("cancel", "back", "agree", "refuse", "introduction", "question", "sentence", "spelled", "danger")
_TABLES = ("way", "language")
_NOT_A_WORD = re.compile(r"[^\w]+")


def folded(text: str) -> str:
    """Words without accents, capitals and signs, one space between them."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return _NOT_A_WORD.sub(" ", bare.replace("_", " ")).strip()


class WordLists:
    """The lists by name. Every text given to it is folded already, see `folded`."""

    def __init__(self, lists: dict[str, tuple[str, ...]], tables: dict[str, dict[str, tuple[str, ...]]]) -> None:
        # The longest first: "mon nom est" before "mon nom".
        self._lists = {name: tuple(sorted(words, key=len, reverse=True)) for name, words in lists.items()}
        self._tables = tables

    def is_one_of(self, name: str, text: str) -> bool:
        """Whether the whole text is one of the words of a list."""
        return text in self._lists[name]

    def begins_with(self, name: str, text: str) -> str | None:
        """The words of a list that the text begins with."""
        return next((words for words in self._lists[name] if f"{text} ".startswith(f"{words} ")), None)

    def holds(self, name: str, text: str) -> bool:
        """Whether words of a list stand somewhere in the text."""
        return any(f" {words} " in f" {text} " for words in self._lists[name])

    def value_of(self, name: str, text: str) -> str | None:
        """The value of a table whose words are the whole text."""
        return next((value for value, words in self._tables[name].items() if text in words), None)


def read_word_lists(path: Path) -> WordLists:
    """The lists of a file. Raises YamlFileError with file and line."""
    content = read_mapping(path)
    lists = {name: _words(path, content, name) for name in _LISTS}
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in _TABLES:
        table = content.get(name)
        if not isinstance(table, Mapping):
            raise YamlFileError(path, content.line_of(name), f"{name} should hold lists of words by value")
        tables[name] = {value: _words(path, table, value) for value in table}
    return WordLists(lists, tables)


def _words(path: Path, holder: Mapping, name: Any) -> tuple[str, ...]:
    words = holder.get(name)
    if not isinstance(words, list) or not words:
        raise YamlFileError(path, holder.line_of(name), f"{name} should be a list of words")
    for word in words:
        if not isinstance(word, str) or not word or folded(word) != word:
            raise YamlFileError(
                path, holder.line_of(name), f"{word!r} should be plain words without accents and signs"
            )
    return tuple(words)
