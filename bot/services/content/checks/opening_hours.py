"""The opening hours: their form, as the hand-off reads them."""

from __future__ import annotations

from bot.foundation.yaml_files import YamlFileError
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem
from bot.services.content.draft import CENTRE_FILE
from bot.services.opening_hours.hours_file import read_hours


def check_opening_hours(material: Material) -> list[Problem]:
    """The first fault of form; a file that cannot be read at all is reported with the centre's words."""
    path = material.project / "data" / CENTRE_FILE
    try:
        read_hours(path)
    except YamlFileError as fault:
        return [] if not material.centre else [material.problem(fault.path, fault.line, fault.problem)]
    return []
