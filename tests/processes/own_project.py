"""A copy of the project for one running bot, so that a test may change the centre's data as an editor would."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.foundation.settings import PROJECT_FOLDER

_FOLDERS = ("actions", "bot", "data", "widget")
_FILES = ("config.yml", "credentials.yml", "domain.yml", "endpoints.yml", "pyproject.toml", "uv.lock")


def copy_of_project(folder: Path) -> Path:
    """Everything that runs, in a folder of its own."""
    for name in _FOLDERS:
        shutil.copytree(PROJECT_FOLDER / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copy2(PROJECT_FOLDER / name, folder / name)
    return folder
