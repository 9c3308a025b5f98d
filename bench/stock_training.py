"""Trains stock Rasa once and keeps the model as long as what it learns from stays the same."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from rich.progress import Progress

from bench.figures import STOCK
from bench.stock_project import prepare_stock_project, stock_fingerprint
from bench.training import Engine, TrainingRecord, read_training, train_with_rasa, write_training
from bot.commands.train import rasa_environment
from bot.foundation.settings import PROJECT_FOLDER

MODEL = "model.tar.gz"


def stock_engine(folder: Path, progress: Progress, epochs: int | None, again: bool) -> Engine:
    """Stock Rasa with our data, in `folder`. Trains (an hour or more) when the data changed or `again`."""
    project, model = folder / "project", folder / MODEL
    prepare_stock_project(PROJECT_FOLDER, project, epochs)
    trained_from = stock_fingerprint(project)
    record = read_training(folder)
    if again or record is None or record.trained_from != trained_from or not model.is_file():
        record = _train(folder, project, trained_from, progress, epochs)
        write_training(folder, record)
    else:
        progress.console.print(_how_long_it_took(record))
    return Engine(STOCK, model, folder, record)


def _train(folder: Path, project: Path, trained_from: str, progress: Progress, epochs: int | None) -> TrainingRecord:
    record = train_with_rasa(
        project=project,
        model=folder / MODEL,
        environment={**rasa_environment(), "OPENBLAS_NUM_THREADS": str(os.cpu_count() or 1)},
        log=folder / "train.log",
        trained_from=trained_from,
        progress=progress,
        title="Training stock Rasa (an hour or more)",
    )
    shutil.rmtree(project / ".rasa", ignore_errors=True)  # Rasa's cache, as large as the model
    return replace(record, epochs=epochs)


def _how_long_it_took(record: TrainingRecord) -> str:
    minutes = record.seconds / 60
    return f"Stock Rasa: same data as on {record.finished_at}; its training took {minutes:.1f} minutes then."
