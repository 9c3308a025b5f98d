"""Everything that the checks look at, read once. What cannot be read is reported, and the rest is read on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.foundation.yaml_files import YamlFileError
from bot.services.content.answer_entries import AnswerEntry, answer_entries
from bot.services.content.card_entries import (
    DIALOGUE,
    TOPICS,
    CardEntry,
    ThemeEntry,
    card_entries,
    theme_entries,
)
from bot.services.content.checks.problem import Problem
from bot.services.content.draft import CENTRE_FILE
from bot.services.content.faults import Report
from bot.services.content.phrases import Phrase, read_phrases
from bot.services.content.word_entries import WordsEntry, text_entries, word_entries

#: Stands where a person of the content team still has to write something.
TO_WRITE = "TO WRITE"

_EVALUATION = Path("tests/evaluation")


@dataclass(frozen=True)
class Material:
    """The draft with the place of every entry; phrases that are still to be written are left out.

    `topics` are the cards of topics, `dialogue` those of the dialogue. `unread` names the folders under
    the project of which a file could not be read: what is missing there may stand in that file.
    """

    project: Path
    answers: tuple[AnswerEntry, ...]
    topics: tuple[CardEntry, ...]
    dialogue: tuple[CardEntry, ...]
    themes: tuple[ThemeEntry, ...]
    texts: tuple[WordsEntry, ...]
    centre: tuple[WordsEntry, ...]
    phrases: tuple[Phrase, ...]
    evaluation: tuple[Phrase, ...]
    unread: frozenset[str]

    @cached_property
    def theme_names(self) -> frozenset[str]:
        """The names of all themes."""
        return frozenset(entry.name for entry in self.themes)

    @cached_property
    def topic_names(self) -> frozenset[str]:
        """The names of all topics that have a card."""
        return frozenset(entry.name for entry in self.topics)

    def is_read(self, folder: str) -> bool:
        """Whether every file of a folder (`data/topics`) could be read."""
        return folder not in self.unread

    def problem(self, path: Path | str, line: int | None, text: str) -> Problem:
        """A problem at a place; the path becomes relative to the project."""
        return Problem(self.relative(path), line, text)

    def relative(self, path: Path | str) -> str:
        """A path as a person sees it: relative to the project, with slashes."""
        try:
            return Path(path).relative_to(self.project).as_posix()
        except ValueError:
            return str(path)

    def place(self, phrase: Phrase) -> str:
        """Where a phrase stands: `data/nlu/nl/centre.yml:12`."""
        return f"{self.relative(phrase.path)}:{phrase.line}"

    def filled(self, text: str, language: str) -> str:
        """A text with the centre's own data in place of {placeholders}; unknown ones stay as they are."""
        for entry in self.centre:
            if entry.words:
                text = text.replace("{" + entry.key + "}", entry.words[language])
        return text

    def files(self, pattern: str) -> Iterator[tuple[Path, list[str]]]:
        """The lines of each file under the project that fits a glob pattern, read with indulgence."""
        for path in sorted(self.project.glob(pattern)):
            if path.is_file() and os.access(path, os.R_OK):
                yield path, path.read_text(encoding="utf-8", errors="replace").splitlines()


def read_material(project: Path, report: Report) -> Material:
    """Read everything under `project`; each fault of form goes to `report`."""
    data = project / "data"
    faulty: set[str] = set()

    def remember(fault: YamlFileError) -> None:
        faulty.add(fault.path)
        report(fault)

    cards = tuple(card_entries(data / "topics", remember))
    answers = tuple(answer_entries(data / "responses", remember))
    themes = tuple(theme_entries(data / "topics", remember))
    phrases = read_phrases(data / "nlu", remember)
    read = {
        *(str(card.path) for card in cards),
        *(str(answer.path) for answer in answers),
        *(str(theme.path) for theme in themes),
        *(phrase.path for phrase in phrases),
    }
    return Material(
        project=project,
        answers=answers,
        topics=tuple(entry for entry in cards if entry.kind == TOPICS),
        dialogue=tuple(entry for entry in cards if entry.kind == DIALOGUE),
        themes=themes,
        texts=tuple(text_entries(data / "texts", report)),
        centre=tuple(word_entries(data / CENTRE_FILE, "placeholders", report)),
        phrases=tuple(phrase for phrase in phrases if is_written(phrase.text)),
        evaluation=tuple(read_phrases(project / _EVALUATION, report)),
        unread=frozenset(Path(path).parent.relative_to(project).as_posix() for path in faulty - read),
    )


def is_written(text: str | None) -> bool:
    """Whether a text is there and no longer the mark that it is to be written."""
    return bool(text and text.strip()) and TO_WRITE not in str(text)
