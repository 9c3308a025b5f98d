"""Time and memory of one program, and what its log tells."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.figures import OURS
from bench.measured_process import progress_in, run_measured
from bench.parts import BenchFailed
from bench.training import Engine, TrainingRecord, read_training, write_training
from bench.worker_pipe import Worker

RECORD = TrainingRecord("abc", 12.5, 800.0, "2026-11-23T20:00:00+00:00", {"processors": 2})


def test_a_program_is_measured_and_its_output_kept(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    program = "import time; block = bytearray(80_000_000); print('done'); time.sleep(0.3); sum(range(10_000_000))"

    measured = run_measured(
        [sys.executable, "-c", program], tmp_path, os.environ, tmp_path / "log", lambda *now: told.append(now)
    )

    assert measured.seconds >= 0.3
    assert measured.peak_megabytes > 80
    assert measured.processor_seconds >= 0.1
    assert (tmp_path / "log").read_text() == "done\n"
    assert told


def test_a_program_that_fails_stops_the_bench_and_names_its_log(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match="code 3; its log is"):
        run_measured(
            [sys.executable, "-c", "raise SystemExit(3)"],
            tmp_path,
            os.environ,
            tmp_path / "log",
            lambda *now: None,
        )


@pytest.mark.parametrize(
    ("tail", "progress"),
    [
        ("", ("", 0, 0)),
        ("Starting to train component 'DIETClassifier'.\n", ("DIETClassifier", 0, 0)),
        (
            "Starting to train component 'DIETClassifier'.\n"
            "Epochs:   1%|▏    | 1/100 [00:13<]\rEpochs:   2%|▏    | 2/100 [00:19<, t_loss=5.3]",
            ("DIETClassifier", 2, 100),
        ),
        (
            "Epochs: 100%|████| 100/100 [00:13<]\nStarting to train component 'ResponseSelector'.\n",
            ("ResponseSelector", 0, 0),
        ),
        (
            "Starting to train component 'FaqUnderstanding'.\nfaqbot-progress 256 900\n",
            ("FaqUnderstanding", 256, 900),
        ),
    ],
)
def test_the_log_of_a_training_tells_how_far_it_is(tail: str, progress: tuple[str, int, int]) -> None:
    assert progress_in(tail) == progress


def test_what_a_training_took_is_kept_beside_the_model(tmp_path: Path) -> None:
    assert read_training(tmp_path) is None

    write_training(tmp_path, RECORD)

    assert read_training(tmp_path) == RECORD


def test_a_worker_that_ends_early_stops_the_bench(tmp_path: Path) -> None:
    engine = Engine(OURS, tmp_path / "model.tar.gz", tmp_path, RECORD)

    with pytest.raises(BenchFailed, match=r"few_shot\.log"):
        Worker("bench.few_shot", engine, os.environ)
