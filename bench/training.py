"""Trains either engine with the same command, `rasa train`, and keeps what it took beside the model."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.progress import Progress, TaskID

from bench.figures import MEGABYTES, SECONDS, Figure, figure_of
from bench.machine import describe_machine
from bench.measured_process import run_measured
from bench.parts import TRAINING
from bot.foundation.clock import now
from bot.services.releases.folder import write_atomically

_RECORD = "training.json"


@dataclass(frozen=True)
class TrainingRecord:
    """What one training took. `trained_from` is a fingerprint; `epochs` None means as configured."""

    trained_from: str
    seconds: float
    peak_megabytes: float
    finished_at: str
    machine: dict[str, Any]
    epochs: int | None = None
    processor_seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return asdict(self)


@dataclass(frozen=True)
class Engine:
    """A trained engine: its model, the folder for its database and logs, what its training took."""

    name: str
    model: Path
    folder: Path
    training: TrainingRecord


def train_with_rasa(
    project: Path,
    model: Path,
    environment: Mapping[str, str],
    log: Path,
    trained_from: str,
    progress: Progress,
    title: str,
) -> TrainingRecord:
    """Train the project in a process of its own, everything anew, into one model file. Raises BenchFailed."""
    command = [
        *(sys.executable, "-m", "rasa", "train", "--force"),
        *("--config", "config.yml", "--domain", "domain.yml", "--data", "data"),
        *("--out", str(model.parent), "--fixed-model-name", model.name.removesuffix(".tar.gz")),
    ]
    task = progress.add_task(title, total=None)

    def tell(component: str, done: int, total: int) -> None:
        _show(progress, task, f"{title}: {component}" if component else title, done, total)

    measured = run_measured(command, project, environment, log, tell)
    progress.update(task, description=title, completed=1, total=1)
    return TrainingRecord(
        trained_from=trained_from,
        seconds=measured.seconds,
        peak_megabytes=measured.peak_megabytes,
        finished_at=now().isoformat(timespec="seconds"),
        machine=describe_machine(),
        processor_seconds=measured.processor_seconds,
    )


def read_training(folder: Path) -> TrainingRecord | None:
    """What the training of the model in this folder took, or None when there is no such model."""
    try:
        return TrainingRecord(**json.loads((folder / _RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_training(folder: Path, record: TrainingRecord) -> None:
    """Keep the record; done last, so that a broken training leaves none."""
    write_atomically(folder / _RECORD, json.dumps(record.as_dict(), indent=2) + "\n")


def training_figures(engines: Sequence[Engine]) -> list[Figure]:
    """Wall time and processor time from nothing to a model file, and the most memory that it needed."""
    times = {engine.name: engine.training.seconds for engine in engines}
    work = {engine.name: engine.training.processor_seconds for engine in engines}
    memory = {engine.name: engine.training.peak_megabytes for engine in engines}
    return [
        figure_of(TRAINING, "training, cold", SECONDS, times),
        figure_of(TRAINING, "processor time of the training", SECONDS, work),
        figure_of(TRAINING, "most memory while training", MEGABYTES, memory),
    ]


def _show(progress: Progress, task: TaskID, title: str, done: int, total: int) -> None:
    progress.update(task, description=title, completed=done, total=total or None)
