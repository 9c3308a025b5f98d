"""The outcome of one run: as a table on the terminal, as JSON and as a short Markdown page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.figures import PERCENT, SECONDS, Figure
from bot.services.releases.folder import write_atomically

_COLUMNS = ("", "ours", "stock Rasa", "ratio")
_NOT_MEASURED = "–"
#: Longer times are shown in minutes.
_MINUTES_FROM_SECONDS = 300
_READING = (
    "The ratio is stock Rasa divided by ours: above 1 we need less time or memory, "
    "or make fewer mistakes (where a share in percent is given, the mistakes are divided). Of messages answered a "
    "second it is ours divided by stock Rasa."
)


@dataclass(frozen=True)
class Report:
    """One run. `command` repeats it; `remarks` are sentences on how it was measured.

    `others_percent` is the share of the processors that other work took while measuring.
    """

    finished_at: str
    command: str
    machine: dict[str, Any]
    others_percent: float
    trainings: dict[str, dict[str, Any]]
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...] = ()


def show_report(report: Report, console: Console) -> None:
    """The table on the terminal, with the remarks under it."""
    table = Table(*_COLUMNS, title=f"Our bot beside stock Rasa, {report.finished_at}")
    for column in table.columns[1:]:
        column.justify = "right"
    for _, figures in groupby(report.figures, key=lambda figure: figure.part):
        for figure in figures:
            table.add_row(*_cells(figure))
        table.add_section()
    console.print(table)
    for sentence in (_READING, *report.remarks):
        console.print(f"- {sentence}", highlight=False)


def write_report(report: Report, folder: Path) -> tuple[Path, Path]:
    """Write `bench.json` and `bench.md` into the folder; their paths."""
    content = {**asdict(report), "figures": [figure.as_dict() for figure in report.figures]}
    json_path, markdown_path = folder / "bench.json", folder / "bench.md"
    write_atomically(json_path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    write_atomically(markdown_path, as_markdown(report))
    for path in (json_path, markdown_path):
        path.chmod(0o644)  # documents, unlike what is else written atomically
    return json_path, markdown_path


def as_markdown(report: Report) -> str:
    """The page: machine, date, command, table, remarks."""
    machine = report.machine
    versions = ", ".join(f"{key} {value}" for key, value in machine.items() if key not in _MACHINE_KEYS)
    lines = [
        "# Our bot beside stock Rasa",
        "",
        f"Written by `{report.command}` on {report.finished_at}. Do not edit; run it again.",
        "",
        f"Machine: {machine['processor']}, {machine['processors']} processors, "
        f"{machine['memory_gigabytes']} GB, {machine['system']}; {versions}.",
        "",
        f"| {' | '.join(('measure', *_COLUMNS[1:]))} |",
        "|---|---:|---:|---:|",
        *(f"| {' | '.join(_cells(figure))} |" for figure in report.figures),
        "",
        *(f"- {sentence}" for sentence in (_READING, *report.remarks)),
    ]
    return "\n".join(lines) + "\n"


_MACHINE_KEYS = frozenset({"processor", "processors", "memory_gigabytes", "system"})


def _cells(figure: Figure) -> tuple[str, str, str, str]:
    ratio = figure.ratio
    return (
        figure.name,
        _value(figure.ours, figure.unit),
        _value(figure.stock, figure.unit),
        _NOT_MEASURED if ratio is None else f"{_digits(ratio)} ×",
    )


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return _NOT_MEASURED
    if unit == SECONDS and value >= _MINUTES_FROM_SECONDS:
        return f"{value / 60:.1f} min"
    if unit == PERCENT:
        return f"{value:.1f} %"
    return f"{_digits(value)} {unit}"


def _digits(value: float) -> str:
    """Three digits that mean something, at most."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
