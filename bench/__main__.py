"""`python -m bench`, called by `make bench`: trains both engines, measures them in turns, reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.agenda_figures import measure_agenda
from bench.chain_figures import measure_chain
from bench.conversation_figures import measure_conversations
from bench.desk_figures import measure_desk
from bench.figures import Figure
from bench.machine import OtherWork, describe_machine
from bench.messages import evaluation_messages
from bench.messenger_figures import measure_messenger
from bench.our_training import our_engine, our_environment
from bench.parts import (
    ACCURACY,
    AGENDA,
    CHAIN,
    CONVERSATION,
    DESK,
    LOAD,
    MESSENGER,
    PARSE,
    PARTS,
    PUBLIC,
    QUICK,
    TRAINING,
    BenchFailed,
    Size,
    read_parts,
)
from bench.public_figures import measure_public_set
from bench.public_sets import PublicSet, read_banking77, read_clinc150
from bench.remarks import remarks_on
from bench.report import Report, show_report, write_report
from bench.stock_training import stock_engine
from bench.training import Engine, training_figures
from bench.understanding_figures import measure_understanding
from bot.commands.__main__ import OPERATOR_ERRORS
from bot.foundation.clock import now
from bot.foundation.settings import PROJECT_FOLDER, read_settings

_NEEDS_ENGINES = frozenset(PARTS) - {MESSENGER, DESK, AGENDA, PUBLIC}


def bench(
    only: Annotated[str | None, typer.Option(help=f"Only these parts, with commas: {', '.join(PARTS)}.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer messages, conversations and repeats.")] = False,
    banking77: Annotated[Path | None, typer.Option(help="Folder with BANKING77's train.csv, test.csv.")] = None,
    clinc150: Annotated[Path | None, typer.Option(help="CLINC150's JSON file (the full set).")] = None,
    retrain_stock: Annotated[bool, typer.Option("--retrain-stock", help="Even if its model fits.")] = False,
    stock_epochs: Annotated[int | None, typer.Option(min=1, help="For trying out the bench only.")] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for bench.json and bench.md.")] = None,
) -> None:
    """Measure our bot beside stock Rasa. The first run trains stock Rasa, which takes an hour or more."""
    folder = read_settings().data_folder / "bench"
    parts, size = read_parts(only), QUICK if quick else Size()
    is_whole = parts == PARTS and not quick and stock_epochs is None
    public_sets = _read_public_sets(banking77, clinc150)
    parts = tuple(part for part in parts if part != PUBLIC or public_sets)
    machine, other_work = describe_machine(), OtherWork()
    # A trial never touches the model whose training took so long.
    stock_folder = folder / ("stock" if stock_epochs is None else "stock_trial")
    console = Console(stderr=True)
    engines: list[Engine] = []
    figures: list[Figure] = []
    with _progress(console) as progress:
        if _NEEDS_ENGINES.intersection(parts):
            stock = stock_engine(stock_folder, progress, stock_epochs, again=retrain_stock)
            other_work = OtherWork()
            engines = [our_engine(folder / "ours", progress, again=TRAINING in parts), stock]
        if TRAINING in parts:
            figures.extend(training_figures(engines))
        if {LOAD, ACCURACY, PARSE, CONVERSATION, CHAIN}.intersection(parts):
            figures.extend(_in_workers(engines, parts, size, folder, progress))
        if MESSENGER in parts:
            ours = engines[0] if engines else our_engine(folder / "ours", progress, again=False)
            messages = evaluation_messages(PROJECT_FOLDER)
            figures.extend(measure_messenger(ours.folder, messages, size, our_environment(ours.folder), progress))
        if DESK in parts:
            figures.extend(measure_desk(folder / "desk", size, progress))
        if AGENDA in parts:
            figures.extend(measure_agenda(folder / "agenda", size, progress))
        for public_set in public_sets if PUBLIC in parts else ():
            figures.extend(measure_public_set(public_set, folder / "encoded", size, progress))
    others_percent = other_work.percent()
    outcome = Report(
        finished_at=now().isoformat(timespec="seconds"),
        command=_command(only, quick, banking77, clinc150, stock_epochs),
        machine=machine,
        others_percent=others_percent,
        trainings={engine.name: engine.training.as_dict() for engine in engines},
        figures=tuple(figures),
        remarks=remarks_on(
            parts, engines[1].training if engines else None, stock_folder / "project", machine, others_percent
        ),
    )
    show_report(outcome, Console())
    # A part of a run must not stand in the documents as if it were the whole.
    target = report or (PROJECT_FOLDER / "docs" if is_whole else folder)
    for path in write_report(outcome, target):
        console.print(f"Written: {path}", highlight=False)


def _in_workers(
    engines: list[Engine], parts: tuple[str, ...], size: Size, folder: Path, progress: Progress
) -> list[Figure]:
    messages, environment = evaluation_messages(PROJECT_FOLDER), our_environment(folder / "ours")
    figures = measure_understanding(engines, messages, parts, size, environment, progress)
    if CONVERSATION in parts:
        figures.extend(measure_conversations(engines, messages, size, environment, progress))
    if CHAIN in parts:
        figures.extend(measure_chain(engines, messages, size, environment, progress))
    return figures


def _read_public_sets(banking77: Path | None, clinc150: Path | None) -> list[PublicSet]:
    found = [read_banking77(banking77)] if banking77 else []
    return [*found, read_clinc150(clinc150)] if clinc150 else found


def _command(only: str | None, quick: bool, banking77: Path | None, clinc150: Path | None, epochs: int | None) -> str:
    """How to run it again; where somebody keeps the public sets is nobody's business."""
    options = [
        f"--only {only}" if only else "",
        "--quick" if quick else "",
        "--banking77 FOLDER" if banking77 else "",
        "--clinc150 FILE" if clinc150 else "",
        f"--stock-epochs {epochs}" if epochs else "",
    ]
    given = " ".join(option for option in options if option)
    return f"python -m bench {given}" if given else "make bench"


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def main() -> None:
    """Run the bench; what a person can put right comes as one line and exit code 1."""
    try:
        typer.run(bench)
    except (BenchFailed, *OPERATOR_ERRORS) as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
