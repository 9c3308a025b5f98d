"""`faqbot train`: make a release from the draft and activate it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import typer

from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.releases.publish import TrainingFailed, is_current, publish


def train(
    force: bool = typer.Option(False, "--force", help="Train even if the active release fits the data."),
) -> None:
    """Train what changed and activate the result; a release that fits the present data is kept."""
    releases = read_settings().releases_folder
    if not force and is_current(PROJECT_FOLDER, releases):
        typer.echo("The active release fits the data; nothing to train.")
        return
    folder = publish(PROJECT_FOLDER, releases, run_rasa_train, force=force)
    typer.echo(f"Release {folder.name} is active.")


def run_rasa_train(model: Path) -> None:
    """Run `rasa train` in a process of its own into one model file. Raises TrainingFailed."""
    command = [
        *(sys.executable, "-m", "rasa", "train", "--force"),
        *("--config", "config.yml", "--domain", "domain.yml", "--data", "data"),
        *("--out", str(model.parent), "--fixed-model-name", model.name.removesuffix(".tar.gz")),
    ]
    result = subprocess.run(command, cwd=PROJECT_FOLDER, env=rasa_environment(), check=False)
    if result.returncode or not model.is_file():
        raise TrainingFailed("the training failed; the release before stays active")


def rasa_environment() -> dict[str, str]:
    """The environment for Rasa's processes: telemetry off, our packages importable, warnings of its age quiet."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": str(PROJECT_FOLDER),
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", str(os.cpu_count() or 1)),
    }
