"""The outcome of a run as table, JSON and Markdown."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from bench.figures import Figure
from bench.report import Report, as_markdown, show_report, write_report

REPORT = Report(
    finished_at="2026-11-23T20:00:00+00:00",
    command="make bench",
    machine={
        "processor": "Some processor",
        "processors": 2,
        "memory_gigabytes": 16.0,
        "system": "Linux x86_64",
        "rasa": "3.6.21",
    },
    others_percent=1.0,
    trainings={},
    figures=(
        Figure("training", "training, cold", "s", ours=150.0, stock=5400.0),
        Figure("accuracy", "right topic", "%", ours=95.0, stock=80.0),
        Figure("public", "BANKING77", "%", ours=88.88, stock=None),
    ),
    remarks=("Stock Rasa was trained.",),
)


def test_the_page_tells_command_machine_figures_and_remarks() -> None:
    page = as_markdown(REPORT)

    assert "Written by `make bench` on 2026-11-23T20:00:00+00:00" in page
    assert "Some processor, 2 processors, 16.0 GB, Linux x86_64; rasa 3.6.21." in page
    assert "| training, cold | 150 s | 90.0 min | 36.0 × |" in page
    assert "| right topic | 95.0 % | 80.0 % | 4.00 × |" in page
    assert "| BANKING77 | 88.9 % | – | – |" in page
    assert page.endswith("- Stock Rasa was trained.\n")


def test_both_files_are_written_and_the_json_holds_the_ratios(tmp_path: Path) -> None:
    json_path, markdown_path = write_report(REPORT, tmp_path / "docs")

    written = json.loads(json_path.read_text(encoding="utf-8"))

    assert [figure["ratio"] for figure in written["figures"]] == [36.0, 4.0, None]
    assert written["machine"]["rasa"] == "3.6.21"
    assert markdown_path.read_text(encoding="utf-8") == as_markdown(REPORT)


def test_the_table_on_the_terminal_shows_every_figure() -> None:
    console = Console(file=io.StringIO(), width=120)

    show_report(REPORT, console)

    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(figure.name in shown for figure in REPORT.figures)
    assert "36.0 ×" in shown
    assert "Stock Rasa was trained." in shown
