"""`faqbot agenda`: brings the agenda of group activities up to date, shows it, takes files in and checks them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.agenda_ask import ask
from bot.commands.agenda_report import progress_bars, show_activities, show_reading, show_sync
from bot.foundation.clock import now
from bot.foundation.settings import Settings, read_settings
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.imports import check_file, import_file, remove_import
from bot.services.agenda.outcome import SyncOutcome
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.scheduled import sync_for
from bot.services.agenda.sources.described import imported_folder, sources_of
from bot.services.agenda.sync import SyncRunning
from bot.services.agenda.trial import check_sources
from bot.store.database import Database
from bot.store.migrate import open_database

agenda = typer.Typer(help="The agenda of group activities.", no_args_is_help=True)


@agenda.command()
def sync(
    may_be_empty: Annotated[
        list[str] | None, typer.Option(help="A source that is believed when it suddenly holds nothing.")
    ] = None,
) -> None:
    """Read every source and store what changed. Exit code 1 when a source could not be read."""
    settings = read_settings()
    with _database(settings) as database:
        outcome = _sync(settings, database, may_be_empty or [])
    show_sync(outcome, Console())
    if any(one.problem for one in outcome.sources):
        raise typer.Exit(1)


agenda.command()(ask)


@agenda.command("list")
def list_activities(
    limit: Annotated[int, typer.Option(min=1, help="So many at most.")] = 20,
) -> None:
    """Show what is coming up, and how the sources are."""
    console = Console()
    with _database(read_settings()) as database:
        stored = Agenda(database)
        found = stored.find(Filters(), now(), limit)
        state = stored.state(now())
    show_activities(found.activities, found.total, console)
    if not state.last_sync:
        console.print("No source was read yet: run `faqbot agenda sync`.")
    for one in state.failing:
        age = f"{one.age.total_seconds() / 3600:.0f} hours old" if one.age else "nothing"
        told = (
            f"{one.name} cannot be read since {one.since:%d/%m/%Y %H:%M} UTC ({one.reason}); shown is what is {age}."
        )
        console.print(told, highlight=False, markup=False, soft_wrap=True)


@agenda.command("import")
def import_source(file: Annotated[Path, typer.Argument(help="A calendar, CSV, XLSX, or page with JSON-LD.")]) -> None:
    """Check a file, keep a copy of it as a source of its own, and bring the agenda up to date."""
    settings, console = read_settings(), Console()
    with progress_bars(Console(stderr=True)) as tell:
        name, reading = import_file(file, imported_folder(settings), now(), partial(tell, file.name, "reading"))
    show_reading(str(file), reading, console)
    with _database(settings) as database:
        try:
            show_sync(_sync(settings, database, [name]), console)
        except SyncRunning:
            console.print("Another process is reading the sources; this one is read with the next sync.")
    console.print(f"Imported as {name}. Take it away with: faqbot agenda remove {name}", highlight=False)


@agenda.command()
def remove(name: Annotated[str, typer.Argument(help="The name that `import` told.")]) -> None:
    """Take an imported file away, and its activities with it."""
    settings = read_settings()
    remove_import(name, imported_folder(settings))
    with _database(settings) as database:
        show_sync(_sync(settings, database, []), Console())


@agenda.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Files; without any, the sources themselves.")] = None,
) -> None:
    """Tell what files or the sources hold and what would be rejected, and store nothing."""
    console, faults = Console(), 0
    if files:
        for file in files:
            with progress_bars(Console(stderr=True)) as tell:
                reading = check_file(file, now(), partial(tell, file.name, "reading"))
            show_reading(str(file), reading, console)
            faults += len(reading.rejected)
    else:
        settings = read_settings()
        with progress_bars(Console(stderr=True)) as tell:
            for outcome in check_sources(sources_of(settings), now(), tell):
                if outcome.problem:
                    console.print(f"{outcome.name}: {outcome.problem}", highlight=False, markup=False, soft_wrap=True)
                else:
                    show_reading(outcome.where, outcome.reading, console)
                faults += len(outcome.reading.rejected) + bool(outcome.problem)
    if faults:
        raise typer.Exit(1)


def _sync(settings: Settings, database: Database, may_be_empty: list[str]) -> SyncOutcome:
    with progress_bars(Console(stderr=True)) as tell:
        return sync_for(settings, database).run(sources_of(settings), tell, may_be_empty)


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()
