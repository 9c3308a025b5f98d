"""`faqbot evaluate`: measure the active release on messages that it was not trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.commands.train import train
from bot.foundation.clock import now
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.content.phrases import read_phrases
from bot.services.evaluation.cross_language import cross_language_figures
from bot.services.evaluation.figures import figures
from bot.services.evaluation.judged import judge
from bot.services.evaluation.page import evaluation_page
from bot.services.releases.folder import UNDERSTANDING, active_release
from bot.understanding.understander import Understander

_JSON, _PAGE = "evaluation.json", "evaluation.html"


def evaluate(
    messages: Path = typer.Option(
        PROJECT_FOLDER / "tests/evaluation", "--messages", help="Folder with one folder per language."
    ),
    out: Path = typer.Option(PROJECT_FOLDER / "docs", "--out", help="Where the JSON and the page go."),
    quick: bool = typer.Option(False, "--quick", help="Leave out what trains again (cross-language)."),
) -> None:
    """Measure accuracy, rejection, crisis, language and calibration; trains first if the data changed."""
    train(force=False)
    settings = read_settings()
    release = active_release(settings.releases_folder)
    understander = Understander.load(release / UNDERSTANDING)
    asked = read_phrases(messages)
    console = Console(stderr=True)
    with Progress(console=console) as bar:
        task = bar.add_task("Understanding the messages", total=len(asked))
        judged = judge(understander, asked, lambda done, _: bar.update(task, completed=done))
    report: dict[str, Any] = {
        "made_at": now().isoformat(timespec="minutes"),
        "release": release.name,
        "figures": figures(judged),
    }
    if not quick:
        with console.status("Leaving out each language in turn ..."):
            cache = settings.data_folder / "cache" / "encoded.npz"
            phrases = read_phrases(PROJECT_FOLDER / "data/nlu")
            report["cross_language"] = cross_language_figures(phrases, asked, understander.encoders, cache)
    out.mkdir(parents=True, exist_ok=True)
    (out / _JSON).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / _PAGE).write_text(evaluation_page(report), encoding="utf-8")
    _show(report)
    typer.echo(f"Written: {out / _JSON} and {out / _PAGE}")


def _show(report: dict[str, Any]) -> None:
    measured = report["figures"]
    table = Table(title=f"{measured['messages']} messages, release {report['release']}")
    for column in (
        "",
        "messages",
        "top-1",
        "top-3",
        "reachable",
        "wrong as certain",
        "clarified",
        "rejected",
    ):
        table.add_column(column)
    for name, row in measured["topics"].items():
        keys = ("first", "among_three", "reachable", "wrong_as_certain", "clarified", "rejected")
        shares = (_percent(row[key]) for key in keys)
        table.add_row(name, str(row["messages"]), *shares)
    Console().print(table)
    scope, crisis, language = (
        measured["out_of_scope"],
        measured["crisis"],
        measured["language"]["without_mixed"],
    )
    lines = {
        "out of scope, far": _percent(scope["far"]["rejected_or_clarified"]),
        "out of scope, near": _percent(scope["near"]["rejected_or_clarified"]),
        "crisis recall / false alarms": f"{_percent(crisis['recall'])} / {_percent(crisis['false_alarms'])}",
        "language alone / at home / switch": " / ".join(_percent(value) for value in language.values()),
        "calibration error": _percent(measured["calibration"]["expected_error"]),
    }
    for name, value in lines.items():
        typer.echo(f"{name}: {value}")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
