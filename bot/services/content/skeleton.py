"""The skeleton of a new theme in every place where a theme stands. Called by `faqbot theme new`.

What is still to be written holds the mark `TO WRITE`, which `faqbot check` looks for. Files that are there
already are edited by inserting lines, so that their comments and their form stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.foundation.languages import DEFAULT_LANGUAGE, LANGUAGES
from bot.foundation.names import (
    CRISIS,
    ENGINE_INTENTS,
    LANGUAGE_SLOT,
    OUT_OF_SCOPE,
    PLAIN_INTENTS,
    REGISTERS,
    SMALLTALK,
    UTTER_PREFIX,
)
from bot.services.content.checks.material import TO_WRITE
from bot.services.content.insertion import CannotInsert, insert_entry, insert_item

#: The name of the example topic of a new theme.
FIRST_TOPIC = "first_topic"

#: What each way of writing means, as said in the skeleton and in docs/content-guide.md.
REGISTER_MEANINGS: dict[str, str] = {
    "keyword": "a few words, as in a search box",
    "plain": "a whole, carefully written question",
    "phone": "typed in haste on a telephone: slips, short forms, no capitals",
    "newcomer": "written by somebody who is still learning the language",
    "story": "first the situation, then the question",
    "need": "what the person needs, without the name of the service",
    "regional": "words and turns of Brussels and its surroundings",
    "mixed": "with words of another language in between",
}

_DOMAIN = Path("domain.yml")
_THEMES = Path("data/topics/themes.yml")
_RULES = Path("data/stories/answers.yml")

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
#: Names that mean something else already: files of the dialogue, intents, and keys by which Rasa
#: chooses the files that it reads.
_RESERVED = frozenset(
    (
        *(SMALLTALK, CRISIS, OUT_OF_SCOPE, "dialogue", "not_crisis", "themes", "topics"),
        *("nlu", "responses", "stories", "rules"),
        *PLAIN_INTENTS,
        *ENGINE_INTENTS,
    )
)
#: YAML takes these words for a value.
_YAML_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


class ThemeRefused(ValueError):
    """The theme cannot be made; the text says why, and nothing was written."""


@dataclass(frozen=True)
class MadeTheme:
    """Files that are new, and files that have an entry more; relative to the project."""

    new: tuple[Path, ...]
    edited: tuple[Path, ...]


def new_theme(project: Path, name: str) -> MadeTheme:
    """Write the skeleton of the theme `name`. Raises ThemeRefused; then nothing was written."""
    _refuse_bad_name(name)
    edited = _edited_files(project, name)
    new = _new_files(name)
    for path in new:
        if (project / path).exists():
            raise ThemeRefused(f"the theme {name} cannot be made: {path.as_posix()} is there already")
    _write(project, {**new, **edited})
    return MadeTheme(tuple(new), tuple(edited))


def _refuse_bad_name(name: str) -> None:
    if name in _RESERVED:
        raise ThemeRefused(f"{name!r} is a name of the bot itself; choose another")
    if name in _YAML_WORDS:
        raise ThemeRefused(f"{name!r} means yes, no or nothing in YAML; choose another")
    if not _NAME.fullmatch(name):
        raise ThemeRefused(
            f"{name!r} is no name for a theme: a to z, 0 to 9 and _ only, a letter first, at most 41 of them"
        )


def _new_files(name: str) -> dict[Path, str]:
    phrases = {Path(f"data/nlu/{language}/{name}.yml"): _phrases(name, language) for language in LANGUAGES}
    return {
        **phrases,
        Path(f"data/responses/{name}.yml"): _answers(name),
        Path(f"data/topics/{name}.yml"): _cards(name),
    }


def _phrases(name: str, language: str) -> str:
    blocks = (
        f"# {register}: {REGISTER_MEANINGS[register]}\n"
        f"- intent: {name}/{FIRST_TOPIC}\n"
        f"  metadata: {{register: {register}}}\n"
        f"  examples: |\n"
        f"    - {TO_WRITE} {name} {register} {language}\n"
        for register in REGISTERS
    )
    return (
        "# What people write; one block for each way of writing.\n"
        "# Each topic needs at least 10 phrases in at least 5 ways. Delete a block that you do not fill.\n"
        'version: "3.1"\nnlu:\n' + "".join(blocks)
    )


def _answers(name: str) -> str:
    lines = [
        "# The answers of this theme: first the answer, then how and where, then the link. At most 90 words.",
        'version: "3.1"',
        "responses:",
        f"  {UTTER_PREFIX}{name}/{FIRST_TOPIC}:",
    ]
    for language in LANGUAGES:
        words = ["text: |-", f"    {TO_WRITE}: the answer in {language}"]
        if language != DEFAULT_LANGUAGE:
            words.insert(0, f"condition: [{{type: slot, name: {LANGUAGE_SLOT}, value: {language}}}]")
        lines += [f"  - {words[0]}", *(f"    {line}" for line in words[1:])]
    return "\n".join(lines) + "\n"


def _cards(name: str) -> str:
    titles = ", ".join(f"{language}: {TO_WRITE}" for language in LANGUAGES)
    return (
        "topics:\n"
        f"  {name}/{FIRST_TOPIC}:\n"
        f"    title: {{{titles}}}\n"
        "    next_steps: [human]\n"
        "    sources:\n"
        f"    - {TO_WRITE}\n"
        f"    as_of: {TO_WRITE}\n"
        f"    review_by: {TO_WRITE}\n"
        f"    owner: {name}\n"
        "    volatile: false\n"
        "    offer_person: false\n"
        f'    caution: "{TO_WRITE}: what an editor must not claim"\n'
    )


def _edited_files(project: Path, name: str) -> dict[Path, str]:
    titles = ", ".join(f"{language}: {TO_WRITE}" for language in LANGUAGES)
    theme = [f"{name}:", f"  title: {{{titles}}}", f"  starters: [{name}/{FIRST_TOPIC}]"]
    rule = [
        f"- rule: answer a question about {name}",
        "  steps:",
        f"  - intent: {name}",
        f"  - action: {UTTER_PREFIX}{name}",
    ]
    try:
        return {
            _THEMES: insert_entry(project / _THEMES, "themes", name, theme),
            _RULES: insert_item(project / _RULES, "rules", rule, before="answer small talk"),
            _DOMAIN: insert_item(project / _DOMAIN, "intents", [f"- {name}"], before=SMALLTALK),
        }
    except CannotInsert as error:
        raise ThemeRefused(f"the theme {name} cannot be made: {error}") from None


def _write(project: Path, texts: dict[Path, str]) -> None:
    """Write all files or none: what was written before a failure is taken back."""
    before: dict[Path, bytes | None] = {}
    try:
        for relative, text in texts.items():
            path = project / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            before[path] = path.read_bytes() if path.exists() else None
            path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise ThemeRefused(f"{error.filename} cannot be written ({error.strerror})") from None
