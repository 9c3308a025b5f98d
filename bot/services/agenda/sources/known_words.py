"""The headings and words that sources may use, from `data/activities/columns.yml`. Called by every reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError, read_mapping
from bot.services.content.checks.folding import folded

COLUMNS_FILE = PROJECT_FOLDER / "data" / "activities" / "columns.yml"


@dataclass(frozen=True)
class KnownWords:
    """`columns`: our name of a heading by its folded form. `values`: for each kind, our word by its folded form."""

    columns: dict[str, str]
    values: dict[str, dict[str, str]]

    def column(self, heading: str) -> tuple[str, str | None] | None:
        """Our name of a heading and the language that it ends in; None for an unknown one."""
        words = folded(heading)
        if words in self.columns:
            return self.columns[words], None
        beginning, _, last = words.rpartition(" ")
        if last in LANGUAGES and beginning in self.columns:
            return self.columns[beginning], last
        return None

    def value(self, kind: str, word: str) -> str | None:
        """Our word for one that a source uses, as in `value("mode", "En ligne")`; None for an unknown one."""
        return self.values[kind].get(folded(word))

    def found(self, kind: str, words: Iterable[str]) -> tuple[str, ...]:
        """Our words for those that are known, each once."""
        return tuple(dict.fromkeys(known for word in words if (known := self.value(kind, word))))


@lru_cache(maxsize=2)
def known_words(path: Path = COLUMNS_FILE) -> KnownWords:
    """Read once. Raises YamlFileError."""
    content = read_mapping(path)
    values = content.get("values")
    if not isinstance(values, dict):
        raise YamlFileError(path, content.line_of("values"), "`values` should hold lists of words")
    return KnownWords(
        columns=_by_folded(path, content.get("columns")),
        values={kind: _by_folded(path, words) for kind, words in values.items()},
    )


def _by_folded(path: Path, lists: object) -> dict[str, str]:
    if not isinstance(lists, dict) or not all(isinstance(words, list) for words in lists.values()):
        raise YamlFileError(path, None, "each entry should be a list of words")
    ours: dict[str, str] = {}
    for name, words in lists.items():
        for word in (name, *words):
            if ours.setdefault(folded(str(word)), name) != name:
                raise YamlFileError(path, None, f"{word!r} stands for {ours[folded(str(word))]} and for {name}")
    return ours
