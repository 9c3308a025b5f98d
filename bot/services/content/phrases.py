"""Reads training and evaluation phrases (Rasa's NLU format) without Rasa, with register and line of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.foundation.languages import LANGUAGES
from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.content.faults import Report, raise_fault


@dataclass(frozen=True)
class Phrase:
    """One message as people write it. `register` and `kind` are metadata of its block (empty if none)."""

    text: str
    intent: str
    language: str
    register: str
    kind: str
    path: str
    line: int


def read_phrases(folder: Path, report: Report = raise_fault) -> list[Phrase]:
    """All phrases under `<folder>/<language>/*.yml`, by language and file name.

    A fault of form goes to `report`, which by default raises it (YamlFileError).
    """
    found: list[Phrase] = []
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.yml")):
            found.extend(_phrases_of_file(path, language, report))
    return found


def _phrases_of_file(path: Path, language: str, report: Report) -> Iterator[Phrase]:
    try:
        blocks = read_mapping(path).get("nlu")
        if not isinstance(blocks, list):
            raise YamlFileError(path, 1, "should hold a list under the key nlu")
    except YamlFileError as fault:
        report(fault)
        return
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for block in blocks:
        try:
            yield from _phrases_of_block(path, language, block, lines)
        except YamlFileError as fault:
            report(fault)


def _phrases_of_block(path: Path, language: str, block: object, lines: list[str]) -> Iterator[Phrase]:
    if not isinstance(block, Mapping) or not isinstance(block.get("intent"), str):
        line = block.line if isinstance(block, Mapping) else 1
        raise YamlFileError(path, line, "a block of phrases needs an intent")
    metadata = block.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise YamlFileError(path, block.line_of("metadata"), "metadata should hold keys and values")
    for line, text in _examples(path, block, lines):
        yield Phrase(
            text=text,
            intent=block["intent"],
            language=language,
            register=str(metadata.get("register") or ""),
            kind=str(metadata.get("kind") or ""),
            path=str(path),
            line=line,
        )


def _examples(path: Path, block: Mapping, lines: list[str]) -> Iterator[tuple[int, str]]:
    examples, line = block.get("examples"), block.line_of("examples")
    if not isinstance(examples, str):
        raise YamlFileError(path, line, "examples should be a text block: `examples: |`")
    for number, raw in enumerate(lines[line : line + len(examples.splitlines())], start=line + 1):
        stripped = raw.strip()
        if not stripped:
            continue
        if not stripped.startswith("- "):
            raise YamlFileError(path, number, "a phrase should begin with `- `")
        yield number, stripped[2:].strip()
