"""The tags of the desk: their form, as the desk reads them."""

from __future__ import annotations

from bot.foundation.yaml_files import YamlFileError
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.talks.tag_list import TAGS_FILE, read_tags


def check_tags(material: Material) -> list[Problem]:
    """The first fault of form."""
    try:
        read_tags(material.project / "data" / TAGS_FILE)
    except YamlFileError as fault:
        return [material.problem(fault.path, fault.line, fault.problem)]
    return []
