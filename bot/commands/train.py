"""`faqbot train`: make a release from the draft and activate it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.foundation.names import PROGRESS_MARK
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
    """Run `rasa train` in a process of its own into one model file, with a progress bar. Raises TrainingFailed."""
    log = read_settings().data_folder / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "rasa", "train", "--force"),
        "--skip-validation",  # a sixth of the time; the draft is read before, and `faqbot check` asks Rasa too
        *("--config", "config.yml", "--domain", "domain.yml", "--data", "data"),
        *("--out", str(model.parent), "--fixed-model-name", model.name.removesuffix(".tar.gz")),
    ]
    with subprocess.Popen(
        command,
        cwd=PROJECT_FOLDER,
        env=rasa_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        _show_progress(process.stdout, log)
    if process.returncode or not model.is_file():
        raise TrainingFailed(f"the training failed, the release before stays active; its log is {log}")


def _show_progress(lines: Iterable[str], log: Path) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with log.open("w", encoding="utf-8") as file, Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Reading the data and loading Rasa", total=None)
        for line in lines:
            if line.startswith(PROGRESS_MARK):
                _, done, total = line.split()
                bar.update(task, description="Encoding phrases", completed=int(done), total=int(total))
            else:
                file.write(line)
        bar.update(task, description="Trained", completed=1, total=1)


def rasa_environment() -> dict[str, str]:
    """The environment for Rasa's processes: telemetry off, our packages importable, warnings of its age quiet."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": str(PROJECT_FOLDER),
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_WAIT_POLICY": "passive",
    }
