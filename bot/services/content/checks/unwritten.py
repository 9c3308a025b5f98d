"""What a new theme's skeleton left to be written. Looks at the lines of the files, so nothing escapes it."""

from __future__ import annotations

from bot.services.content.checks.material import TO_WRITE, Material
from bot.services.content.checks.problem import Problem


def check_unwritten(material: Material) -> list[Problem]:
    """Each line under data/ that still holds the mark, comments apart."""
    return [
        material.problem(path, number, f"holds {TO_WRITE!r}: something is still to be written")
        for path, lines in material.files("data/**/*.yml")
        for number, line in enumerate(lines, start=1)
        if TO_WRITE in line and not line.lstrip().startswith("#")
    ]
