"""The words by which the callback form reads what is typed: their form, as the gateway reads them when it starts."""

from __future__ import annotations

from bot.foundation.yaml_files import YamlFileError
from bot.services.callback.word_lists import WORDS_FILE, read_word_lists
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem


def check_callback_words(material: Material) -> list[Problem]:
    """The first fault of form; a project without a callback form has none."""
    path = material.project / "data" / WORDS_FILE
    if not path.exists():
        return []
    try:
        read_word_lists(path)
    except YamlFileError as fault:
        return [material.problem(fault.path, fault.line, fault.problem)]
    return []
