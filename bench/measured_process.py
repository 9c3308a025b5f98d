"""Runs one program to its end and measures wall time and peak memory, telling how far it is from its log."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.parts import BenchFailed
from bot.foundation.names import PROGRESS_MARK

#: Called with (what is done at the moment, done, total); total is 0 when the log does not tell.
Tell = Callable[[str, int, int], None]

_LOOK_EVERY_SECONDS = 0.2
_TAIL_BYTES = 4000
_COMPONENT = re.compile(r"Starting to train component '(\w+)'")
_EPOCHS = re.compile(r"Epochs:.*?\| (\d+)/(\d+) \[")
_ENCODED = re.compile(rf"{PROGRESS_MARK} (\d+) (\d+)")


@dataclass(frozen=True)
class Measured:
    """Wall time in seconds, to a fifth of a second, the greatest resident memory in MB, and the seconds of all
    processors together, which other work on the machine hardly changes."""

    seconds: float
    peak_megabytes: float
    processor_seconds: float


def run_measured(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path, tell: Tell
) -> Measured:
    """Run the program in `folder`; what it prints goes to `log`. Raises BenchFailed when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        while True:
            # wait4 gives the usage of this child alone; RUSAGE_CHILDREN would mix in the others.
            finished, status, usage = os.wait4(process.pid, os.WNOHANG)
            if finished:
                break
            tell(*progress_in(_tail(log)))
            time.sleep(_LOOK_EVERY_SECONDS)
    except BaseException:
        process.kill()
        process.wait()
        raise
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchFailed(f"{command[2]} ended with code {process.returncode}; its log is {log}")
    return Measured(
        round(seconds, 1), round(usage.ru_maxrss * 1024 / 1e6, 1), round(usage.ru_utime + usage.ru_stime, 1)
    )


def progress_in(tail: str) -> tuple[str, int, int]:
    """What the end of a training's log tells: the component, and its epochs or encoded phrases so far."""
    components = list(_COMPONENT.finditer(tail))
    component = components[-1].group(1) if components else ""
    counts = [*_EPOCHS.finditer(tail), *_ENCODED.finditer(tail)]
    if not counts or (components and counts[-1].start() < components[-1].start()):
        return component, 0, 0
    return component, int(counts[-1].group(1)), int(counts[-1].group(2))


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - _TAIL_BYTES))
        return file.read().decode("utf-8", "replace")
