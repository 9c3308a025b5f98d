"""Reads the texts and the centre's own data, each entry with its place. Faults of form go to `report`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.foundation.languages import LANGUAGES
from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.content.faults import Report, raise_fault
from bot.services.content.model import Words


@dataclass(frozen=True)
class WordsEntry:
    """Words under one key; `words` is None when their form is faulty."""

    key: str
    path: Path
    line: int
    words: Words | None


def text_entries(folder: Path, report: Report = raise_fault) -> Iterator[WordsEntry]:
    """Each text under a folder once; one in another file too is reported."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        for entry in word_entries(path, "texts", report):
            if entry.key in seen:
                report(YamlFileError(path, entry.line, f"the text {entry.key!r} stands in another file too"))
                continue
            seen.add(entry.key)
            yield entry


def word_entries(path: Path, section: str, report: Report = raise_fault) -> Iterator[WordsEntry]:
    """Words in every language by key, from one section of a file; one plain value serves all languages."""
    try:
        content = read_mapping(path)
        entries = content.get(section)
        if not isinstance(entries, Mapping):
            raise YamlFileError(path, content.line_of(section), f"{section} should hold keys and words")
    except YamlFileError as fault:
        report(fault)
        return
    for key in entries:
        line = entries.line_of(key)
        words: Words | None = None
        try:
            if not isinstance(key, str):
                raise YamlFileError(path, line, f"the key {key!r} should be a word; put it in quotes")
            words = read_words(path, entries, key)
        except YamlFileError as fault:
            report(fault)
        yield WordsEntry(str(key), path, line, words)


def read_words(path: Path, holder: Mapping, key: str) -> Words:
    """The words under one key of a mapping, complete in every language. Raises YamlFileError."""
    line = holder.line_of(key)
    value = holder.get(key)
    if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
        return {language: str(value) for language in LANGUAGES}
    if not isinstance(value, dict):
        raise YamlFileError(path, line, f"{key!r} should have words in {', '.join(LANGUAGES)}")
    for language in LANGUAGES:
        if not isinstance(value.get(language), str) or not value[language].strip():
            raise YamlFileError(path, line, f"{key!r} has no words in {language!r}")
    if set(value) != set(LANGUAGES):
        raise YamlFileError(path, line, f"{key!r} has a language that the bot does not speak")
    return {language: value[language].strip() for language in LANGUAGES}
