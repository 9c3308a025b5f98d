"""`faqbot callbacks`: who is to be called back by when, one with all details, and what became of it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.foundation.clock import now
from bot.foundation.settings import read_settings
from bot.services.callback.callbacks import ALL, TO_DO, Callback, Callbacks
from bot.services.opening_hours.hours import BRUSSELS
from bot.store.migrate import open_database

callbacks = typer.Typer(help="Callbacks that visitors asked for.", no_args_is_help=True)

_Reference = Annotated[str, typer.Argument(help="As in 7K3-Q9M.")]
_By = Annotated[str | None, typer.Option("--by", help="Who did it; else the user of this machine.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@callbacks.command("list")
def list_callbacks(
    everything: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,
    unmasked: Annotated[bool, typer.Option(help="Show names, addresses and questions as they are.")] = False,
    as_json: _AsJson = False,
) -> None:
    """List what is to be done, the nearest deadline first. What leads to a person is masked."""
    with _opened() as service:
        found = service.list(ALL if everything else TO_DO)
    shown = found if unmasked else [callback.masked() for callback in found]
    if as_json:
        typer.echo(json.dumps([callback.as_dict() for callback in shown], ensure_ascii=False, indent=2))
    else:
        show_list(shown, now(), Console())


@callbacks.command()
def show(reference: _Reference, as_json: _AsJson = False) -> None:
    """Show one with all that is needed to answer, and its history."""
    with _opened() as service:
        callback = service.show(reference)
    if as_json:
        typer.echo(json.dumps(callback.as_dict(), ensure_ascii=False, indent=2))
    else:
        show_one(callback, now(), Console())


@callbacks.command()
def done(
    reference: _Reference,
    outcome: Annotated[str, typer.Option(help="In a word or two, as in answered or referred.")] = "answered",
    by: _By = None,
) -> None:
    """Note that the person was reached."""
    with _opened() as service:
        callback = service.done(reference, by or getpass.getuser(), outcome)
    typer.echo(f"{callback.reference} is done.")


@callbacks.command()
def missed(
    reference: _Reference,
    why: Annotated[str, typer.Option(help="In a few words, without personal data.")] = "not reached",
    by: _By = None,
) -> None:
    """Note that the promise could not be kept; it can still be done later."""
    with _opened() as service:
        callback = service.missed(reference, by or getpass.getuser(), why)
    typer.echo(f"{callback.reference} is missed. It stays in the list until it is done.")


def show_list(found: list[Callback], moment: datetime, console: Console) -> None:
    """Print a table, and a line that counts."""
    table = Table(show_lines=True)
    for title in ("Reference", "Deadline", "State", "Language", "Way", "Who", "Question"):
        table.add_column(title, overflow="fold")
    for callback in found:
        who = f"{callback.name}\n{callback.address}"
        cells = (
            callback.reference,
            _deadline(callback, moment),
            _state(callback),
            callback.language,
            callback.way,
            who,
            callback.question,
        )
        table.add_row(*(escape(cell) for cell in cells))
    if found:
        console.print(table)
    late = sum(callback.is_late(moment) for callback in found)
    counted = f"{len(found)} callbacks" if len(found) != 1 else "1 callback"
    console.print(f"{counted}, {late} of them late." if late else f"{counted}, none late.")


def show_one(callback: Callback, moment: datetime, console: Console) -> None:
    """Print every field on a line, then the history."""
    lines = {
        "Reference": callback.reference,
        "State": _state(callback) + (f" ({callback.outcome})" if callback.outcome else ""),
        "Deadline": _deadline(callback, moment),
        **({"First reply promised": _local(callback.deadline)} if callback.appointed_at else {}),
        "Name": callback.name,
        "Way": callback.way,
        "Address": callback.address,
        "When it suits": callback.suits,
        "Language": callback.language,
        "Question": callback.question,
        "Why a person": callback.reason.replace("_", " "),
        "Theme": callback.theme or "unknown",
        "Consent given": _local(callback.asked_at),
    }
    for title, value in lines.items():
        console.print(f"{title}: {value}", markup=False, highlight=False, soft_wrap=True)
    past = [(one.at, f"{one.after} by {one.by}" + (f" ({one.note})" if one.note else "")) for one in callback.changes]
    past += [(act.at, f"{act.kind} by {act.by}{_of(act.detail)}") for act in callback.acts]
    for at, what in sorted(past):
        console.print(f"- {_local(at)} {what}", markup=False, highlight=False)


@contextmanager
def _opened() -> Iterator[Callbacks]:
    database = open_database(read_settings())
    try:
        yield Callbacks(database)
    finally:
        database.close()


def _deadline(callback: Callback, moment: datetime) -> str:
    hours = (callback.due - moment).total_seconds() / 3600
    left = f"{hours:.0f} hours left" if hours > 0 else f"{-hours:.0f} hours late"
    appointed = f"\nappointment {_local(callback.appointed_at)}" if callback.appointed_at else ""
    return _local(callback.due) + appointed + (f"\n{left}" if callback.state in TO_DO else "")


def _of(detail: dict[str, Any]) -> str:
    """What an act was about: the moment of an appointment, the subject of a letter."""
    if "at" in detail:
        return f" for {_local(datetime.fromisoformat(detail['at']))} ({detail['why']})"
    return f": {detail['subject']}" if "subject" in detail else ""


def _state(callback: Callback) -> str:
    return callback.state.removeprefix("callback_")


def _local(moment: datetime) -> str:
    return moment.astimezone(BRUSSELS).strftime("%d/%m/%Y %H:%M")
