"""The starters by page: their form, that the topics they name exist, and that each can be reached."""

from __future__ import annotations

from bot.foundation.yaml_files import YamlFileError
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.starters.starters import STARTERS_FILE, faults_of_starters, read_starters


def check_starters(material: Material) -> list[Problem]:
    """The first fault of form, else every topic that does not exist and every page that is taken."""
    path = material.project / "data" / STARTERS_FILE
    try:
        entries = read_starters(path)
    except YamlFileError as fault:
        return [material.problem(fault.path, fault.line, fault.problem)]
    if not material.is_read("data/topics"):
        return []
    return [material.problem(path, line, text) for line, text in faults_of_starters(entries, material.topic_names)]
