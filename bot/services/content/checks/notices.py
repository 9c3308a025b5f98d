"""The dated announcements: their form, and that the topics and themes they name exist."""

from __future__ import annotations

from bot.foundation.yaml_files import YamlFileError
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.notices.notices import NOTICES_FILE, read_notices, unknown_references


def check_notices(material: Material) -> list[Problem]:
    """The first fault of form, else every reference to nothing."""
    path = material.project / "data" / NOTICES_FILE
    try:
        notices = read_notices(path)
    except YamlFileError as fault:
        return [material.problem(fault.path, fault.line, fault.problem)]
    if not material.is_read("data/topics"):
        return []
    found = unknown_references(notices, material.topic_names)
    return [material.problem(path, line, text) for line, text in found]
