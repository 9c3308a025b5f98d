"""Reads the table of words of each language, `data/activities/words/<language>.yml`.

Each part of a table gives kinds of words, each kind values, each value its ways of writing.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError, read_mapping
from bot.services.agenda.request.tokens import Token, words_of

FOLDER = PROJECT_FOLDER / "data" / "activities" / "words"

# Stands for every word that is in no table.
_OTHER = "?"

WHEN, FACETS, FOLLOW_UP = "when", "facets", "follow_up"


class WordTable:
    """The ways of writing of one part of a language's table, found in a text by spaCy's PhraseMatcher."""

    def __init__(self, language: str, part: str, content: dict[str, Any]) -> None:
        # Only words are compared: a language's own pipeline would take half a second to build and add nothing.
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self.values: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for kind, value, phrase in _entries(language, part, content):
            readings = self.values.setdefault(words_of(phrase), [])
            if (kind, value) not in readings:
                readings.append((kind, value))
        self._known = frozenset(word for words in self.values for word in words)
        self._matcher.add("words", [Doc(self._vocab, words=list(words)) for words in self.values])

    def find(self, tokens: tuple[Token, ...]) -> list[tuple[int, int, list[tuple[str, str]]]]:
        """Every way of writing that stands in the tokens: first token, token after the last, its (kind, value)s."""
        if not tokens:
            return []
        # spaCy remembers every word that it was given for good, so it gets none that it does not need.
        words = [token.text if token.text in self._known else _OTHER for token in tokens]
        found = self._matcher(Doc(self._vocab, words=words))
        return [(first, after, self.values[tuple(words[first:after])]) for _, first, after in found]

    @cached_property
    def single_words(self) -> dict[str, frozenset[str]]:
        """For each kind, all ways of writing that are one word."""
        found: dict[str, set[str]] = {}
        for words, readings in self.values.items():
            if len(words) == 1:
                for kind, _ in readings:
                    found.setdefault(kind, set()).add(words[0])
        return {kind: frozenset(words) for kind, words in found.items()}


@cache
def word_table(language: str, part: str) -> WordTable:
    """The table of a language, read once. Raises YamlFileError."""
    return WordTable(language, part, read_mapping(FOLDER / f"{language}.yml")[part])


@cache
def _compounds() -> re.Pattern[str]:
    days, parts = (word_table("nl", WHEN).single_words[kind] for kind in ("weekday", "part"))
    activities = word_table("nl", FACETS).single_words["activity"]
    # The longest first, so that "zaterdagvoormiddag" is not cut into "zaterdagvoor" and "middag".
    first, last = (sorted(words, key=len, reverse=True) for words in (days | parts | {"weekend"}, parts | activities))
    return re.compile(f"({'|'.join(first)})s?({'|'.join(last)})")


def split_compounds(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with Dutch compounds such as "donderdagavond" cut in two."""
    cut: list[Token] = []
    for token in tokens:
        found = _compounds().fullmatch(token.text)
        if not found or token.ends - token.begins != len(token.text):
            cut.append(token)
            continue
        middle = token.begins + len(found[1])
        cut += [Token(found[1], token.begins, middle, token.is_glued), Token(found[2], middle, token.ends, True)]
    return tuple(cut)


def _entries(language: str, part: str, content: dict[str, Any]) -> list[tuple[str, str, str]]:
    entries = []
    for kind, values in content.items():
        by_value = values if isinstance(values, dict) else {kind: values}
        for value, phrases in by_value.items():
            for phrase in phrases or ():
                if not isinstance(phrase, str):
                    place = f"{part}: {kind}: {value}"
                    raise YamlFileError(FOLDER / f"{language}.yml", None, f"{place}: {phrase!r} wants quotes")
                entries.append((kind, str(value), phrase))
    return entries
