"""Both ends of the pipe between the bench and a worker: a line of JSON as question, one as answer.

A worker lives as long as it is measured, so that the two engines can be asked in turns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.figures import OURS
from bench.parts import BenchFailed
from bench.training import Engine
from bot.foundation.settings import PROJECT_FOLDER

#: Takes a question and gives the answer.
Answer = Callable[[dict[str, Any]], dict[str, Any]]


class Worker:
    """A process with one engine. `first` is what it told when it was ready."""

    def __init__(self, module: str, engine: Engine, environment: Mapping[str, str]) -> None:
        self._log = engine.folder / f"{module.rpartition('.')[2]}.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, engine.name, str(engine.model), str(engine.folder)],
                cwd=PROJECT_FOLDER,
                env=environment_of(engine.name, environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        self.first = self._read()

    def ask(self, **question: Any) -> dict[str, Any]:
        """Send a question and wait for its answer. Raises BenchFailed when the worker is gone."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None
        return self._read()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._gone()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _gone(self) -> BenchFailed:
        self._process.kill()
        self._process.communicate()
        return BenchFailed(f"a worker of the bench ended early; its log is {self._log}")


def environment_of(engine: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Ours counts one thread for matrices, as it is deployed; stock keeps its libraries' choice, every core."""
    if engine == OURS:
        return dict(environment)
    return {**environment, "OPENBLAS_NUM_THREADS": str(os.cpu_count() or 1)}


def serve(prepare: Callable[[], tuple[dict[str, Any], Answer]]) -> None:
    """The worker's side: prepare, tell the first answer, then answer until the bench closes the pipe."""
    # Libraries print when they like: their standard output goes to the log, only answers into the pipe.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    first, answer = prepare()
    print(json.dumps(first), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


def resident_megabytes() -> float:
    """The memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
