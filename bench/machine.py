"""What the figures were measured on: processor, memory and versions. No names of machines or folders."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = ("rasa", "tensorflow-cpu", "tensorflow-cpu-aws", "scikit-learn", "numpy")
_DISTURBING_PERCENT = 10.0


def describe_machine() -> dict[str, Any]:
    """JSON-ready; memory in GB (thousand millions of bytes)."""
    return {
        "processor": _processor(),
        "processors": os.cpu_count() or 1,
        "memory_gigabytes": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: found for name in _PACKAGES if (found := _version(name))},
    }


class OtherWork:
    """Watches how much of the processors others take while the bench runs."""

    def __init__(self) -> None:
        self._busy, self._own, self._started = _busy_seconds(), _own_seconds(), time.monotonic()

    def percent(self) -> float:
        """The share of all processors that work of others took so far; 0 where the system does not tell.

        Right once all processes of the bench have ended: their time counts as own only then.
        """
        available = (time.monotonic() - self._started) * (os.cpu_count() or 1)
        others = (_busy_seconds() - self._busy) - (_own_seconds() - self._own)
        return round(100 * max(0.0, others) / available, 1) if available else 0.0


def is_disturbing(percent: float) -> bool:
    """Whether the work of others makes the figures doubtful."""
    return percent > _DISTURBING_PERCENT


def _busy_seconds() -> float:
    try:
        fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _idle, _waiting, *interrupts = (int(field) for field in fields[:8])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def _own_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
