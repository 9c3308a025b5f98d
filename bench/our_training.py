"""Trains our bot cold, without any phrase encoded before, into a release in a data folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from rich.progress import Progress

from bench.figures import OURS
from bench.training import Engine, TrainingRecord, read_training, train_with_rasa, write_training
from bot.commands.train import rasa_environment
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.releases.fingerprint import training_fingerprint
from bot.services.releases.folder import MODEL, NoRelease, active_release
from bot.services.releases.publish import publish


def our_environment(folder: Path) -> dict[str, str]:
    """The environment for processes of our bot whose data folder is the bench's."""
    return {**rasa_environment(), "FAQBOT_DATA_FOLDER": str(folder)}


def our_engine(folder: Path, progress: Progress, again: bool) -> Engine:
    """Our bot from the present draft. Trains when the draft changed or `again`."""
    record, model = read_training(folder), _model(folder)
    trained_from = training_fingerprint(PROJECT_FOLDER)
    if again or record is None or model is None or record.trained_from != trained_from:
        record, model = _train(folder, trained_from, progress)
        write_training(folder, record)
    return Engine(OURS, model, folder, record)


def _train(folder: Path, trained_from: str, progress: Progress) -> tuple[TrainingRecord, Path]:
    shutil.rmtree(folder, ignore_errors=True)  # the encoded phrases too: a cold start
    taken: dict[str, Any] = {}

    def train(model: Path) -> None:
        taken["record"] = train_with_rasa(
            project=PROJECT_FOLDER,
            model=model,
            environment=our_environment(folder),
            log=folder / "train.log",
            trained_from=trained_from,
            progress=progress,
            title="Training our bot, cold",
        )

    release = publish(PROJECT_FOLDER, _releases(folder), train, force=True)
    return taken["record"], release / MODEL


def _model(folder: Path) -> Path | None:
    try:
        return active_release(_releases(folder)) / MODEL
    except NoRelease:
        return None


def _releases(folder: Path) -> Path:
    return read_settings({"FAQBOT_DATA_FOLDER": str(folder)}).releases_folder
