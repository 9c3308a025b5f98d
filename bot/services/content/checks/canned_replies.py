"""The ready-made replies of the desk: their form, and that every placeholder is filled in by somebody."""

from __future__ import annotations

from bot.foundation.yaml_files import YamlFileError
from bot.services.canned.canned import CANNED_FILE, faults_of_canned, read_canned
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem


def check_canned_replies(material: Material) -> list[Problem]:
    """The first fault of form, else every placeholder that nobody fills in."""
    path = material.project / "data" / CANNED_FILE
    try:
        entries = read_canned(path)
    except YamlFileError as fault:
        return [material.problem(fault.path, fault.line, fault.problem)]
    if not material.centre:
        # data/centre.yml could not be read, which is reported by itself.
        return []
    found = faults_of_canned(entries, {entry.key for entry in material.centre})
    return [material.problem(path, line, text) for line, text in found]
