"""Reads the answers under data/responses, each with its place. Faults of form go to `report`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.foundation.languages import DEFAULT_LANGUAGE, LANGUAGES
from bot.foundation.names import LANGUAGE_SLOT, UTTER_PREFIX
from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.content.faults import Report, raise_fault


@dataclass(frozen=True)
class AnswerEntry:
    """One answer, named without its prefix; `variations` are (language, text, line) as far as readable."""

    name: str
    path: Path
    line: int
    variations: tuple[tuple[str, str, int], ...]


def answer_entries(folder: Path, report: Report = raise_fault) -> Iterator[AnswerEntry]:
    """Each answer under a folder once; one in another file too or without a language is reported."""
    seen: set[str] = set()
    for entry, is_whole in _answers_as_written(folder, report):
        if entry.name in seen:
            report(YamlFileError(entry.path, entry.line, f"the answer {entry.name!r} stands in another file too"))
            continue
        seen.add(entry.name)
        languages = {language for language, _, _ in entry.variations}
        for language in LANGUAGES if is_whole else ():
            if language not in languages:
                problem = f"the answer {entry.name!r} has no text in {language!r}"
                report(YamlFileError(entry.path, entry.line, problem))
        yield entry


def response_variations(
    folder: Path, report: Report = raise_fault
) -> Iterator[tuple[Path, str, int, list[tuple[str, str, int]]]]:
    """Each answer under a folder: path, name without prefix, line, and its (language, text, line)."""
    for entry, _ in _answers_as_written(folder, report):
        yield entry.path, entry.name, entry.line, list(entry.variations)


def _answers_as_written(folder: Path, report: Report) -> Iterator[tuple[AnswerEntry, bool]]:
    """Each answer, and whether all of its variations could be read."""
    for path in sorted(folder.glob("*.yml")):
        try:
            responses = read_mapping(path).get("responses")
            if not isinstance(responses, Mapping):
                raise YamlFileError(path, 1, "should hold answers under the key responses")
        except YamlFileError as fault:
            report(fault)
            continue
        for key, variations in responses.items():
            line = responses.line_of(key)
            if not isinstance(key, str) or not key.startswith(UTTER_PREFIX):
                report(YamlFileError(path, line, f"the name {key!r} should begin with {UTTER_PREFIX}"))
                continue
            read, is_whole = _variations(path, line, key, variations, report)
            yield AnswerEntry(key[len(UTTER_PREFIX) :], path, line, tuple(read)), is_whole


def _variations(
    path: Path, line: int, key: str, variations: Any, report: Report
) -> tuple[list[tuple[str, str, int]], bool]:
    if not isinstance(variations, list):
        report(YamlFileError(path, line, f"the answer {key!r} should be a list of texts"))
        return [], False
    read: list[tuple[str, str, int]] = []
    is_whole = True
    for variation in variations:
        try:
            language, text, text_line = _variation(path, line, variation)
            if language in {known for known, _, _ in read}:
                raise YamlFileError(path, text_line, f"the answer {key!r} has the language {language!r} twice")
            read.append((language, text, text_line))
        except YamlFileError as fault:
            is_whole = False
            report(fault)
    return read, is_whole


def _variation(path: Path, line: int, variation: Any) -> tuple[str, str, int]:
    if not isinstance(variation, Mapping):
        raise YamlFileError(path, line, "an answer should be `- text: ...`")
    for key in variation:
        if key not in {"text", "condition"}:
            raise YamlFileError(path, variation.line_of(key), f"an answer has only text and condition, not {key!r}")
    text = variation.get("text")
    if not isinstance(text, str) or not text.strip():
        raise YamlFileError(path, variation.line, "an answer needs a text")
    language = DEFAULT_LANGUAGE
    if "condition" in variation:
        language = _language_of(path, variation)
    return language, text.strip(), variation.line_of("text")


def _language_of(path: Path, variation: Mapping) -> str:
    line = variation.line_of("condition")
    condition = variation["condition"]
    wanted = (
        "the condition should be [{type: slot, name: language, value: nl}] "
        "with one of the other languages; the default language has none"
    )
    if not isinstance(condition, list) or len(condition) != 1 or not isinstance(condition[0], dict):
        raise YamlFileError(path, line, wanted)
    only = condition[0]
    value = only.get("value")
    if (only.get("type"), only.get("name")) != ("slot", LANGUAGE_SLOT):
        raise YamlFileError(path, line, wanted)
    if value not in LANGUAGES or value == DEFAULT_LANGUAGE:
        raise YamlFileError(path, line, f"this condition can never match: {wanted}")
    return str(value)
