"""Every file under data/ is read by Rasa too: none may look like training data that it is not.

Rasa takes a file for training data or stories by the beginning of any of its lines, also of a line
within a text, and reads files that end in .yaml or .json or lie in another folder, which we do not.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.foundation.languages import LANGUAGES
from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.content.card_entries import DIALOGUE, THEMES, TOPICS
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem

#: Top-level keys that Rasa 3.6 knows in training data, domain or tests.
_RASA_KEYS = frozenset(
    (
        *("nlu", "stories", "rules", "responses", "synonym", "synonyms", "lookup", "regex"),
        *("intents", "entities", "slots", "actions", "forms", "e2e_actions", "session_config"),
        *("e2e_tests", "test_cases", "recipe", "pipeline", "policies"),
    )
)
#: By these beginnings of a line, at any depth, Rasa chooses the files that it reads.
_SOUGHT_ANYWHERE = re.compile(r"(nlu|responses|stories|rules):")

#: What a file of ours may hold at the top; other files than these may hold anything else.
_OUR_KEYS = {"topics": frozenset({TOPICS, DIALOGUE, THEMES}), "texts": frozenset({"texts"})}
_RASA_FOLDERS = frozenset({"nlu", "responses", "stories"})


def check_top_level_keys(material: Material) -> list[Problem]:
    """Files of ours that Rasa would take for its own, and files of Rasa's that we would not read."""
    problems: list[Problem] = []
    data = material.project / "data"
    for path, lines in material.files("data/**/*"):
        folders = path.relative_to(data).parts[:-1]
        if path.suffix in {".yaml", ".json"}:
            text = f"a file that ends in {path.suffix} is read by Rasa but not by us: use .yml"
            problems.append(material.problem(path, None, text))
        elif path.suffix == ".yml" and folders[:1] == ("nlu",):
            problems.extend(_of_phrase_folder(material, path, folders))
        elif path.suffix == ".yml" and not _RASA_FOLDERS.intersection(folders[:1]):
            problems.extend(_of_our_file(material, path, lines, folders))
    return problems


def _of_phrase_folder(material: Material, path: Path, folders: tuple[str, ...]) -> list[Problem]:
    if len(folders) == 2 and folders[1] in LANGUAGES:
        return []
    wanted = ", ".join(f"data/nlu/{language}" for language in LANGUAGES)
    return [material.problem(path, None, f"phrases stand in {wanted}, not here")]


def _of_our_file(material: Material, path: Path, lines: list[str], folders: tuple[str, ...]) -> list[Problem]:
    content = _mapping_or_empty(path)
    problems: list[Problem] = []
    for key in content:
        known = _OUR_KEYS.get(folders[0] if folders else "")
        if key in _RASA_KEYS:
            text = f"Rasa would take the key {key!r} for its own; this file may not have it"
            problems.append(material.problem(path, content.line_of(key), text))
        elif known is not None and key not in known:
            text = f"the key {key!r} is none of {', '.join(sorted(known))}; what is under it is not read"
            problems.append(material.problem(path, content.line_of(key), text))
    at_the_top = {content.line_of(key) for key in content}
    for number, line in enumerate(lines, start=1):
        found = _SOUGHT_ANYWHERE.match(line.lstrip())
        if found and number not in at_the_top:
            text = f"a line that begins with {found.group()!r} makes Rasa read this file; write it otherwise"
            problems.append(material.problem(path, number, text))
    return problems


def _mapping_or_empty(path: Path) -> Mapping:
    try:
        return read_mapping(path)
    except YamlFileError:
        # The reader of these files reports it.
        return Mapping()
