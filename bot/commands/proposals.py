"""`faqbot proposals`: what counsellors propose to the content team, one in full, and what becomes of it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.foundation.settings import read_settings
from bot.services.opening_hours.hours import BRUSSELS
from bot.services.proposals.proposals import EVERY, Proposal, Proposals
from bot.store.migrate import open_database

proposals = typer.Typer(help="Phrases and answers that counsellors propose.", no_args_is_help=True)

_Reference = Annotated[str, typer.Argument(help="As in 7K3-Q9M.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class End(str, Enum):
    """What becomes of a proposal."""

    taken = "taken"
    refused = "refused"


@proposals.command("list")
def list_proposals(
    everything: Annotated[bool, typer.Option("--all", help="Those that are ended too.")] = False,
    as_json: _AsJson = False,
) -> None:
    """List what is open, the newest first. Personal data was masked when it was proposed."""
    with _opened() as service:
        found = service.list(EVERY) if everything else service.list()
    if as_json:
        typer.echo(json.dumps([one.as_dict() for one in found], ensure_ascii=False, indent=2))
    else:
        show_list(found, Console())


@proposals.command()
def show(reference: _Reference, as_json: _AsJson = False) -> None:
    """Show one in full."""
    with _opened() as service:
        one = service.show(reference)
    if as_json:
        typer.echo(json.dumps(one.as_dict(), ensure_ascii=False, indent=2))
    else:
        show_one(one, Console())


@proposals.command()
def close(
    reference: _Reference,
    outcome: Annotated[End, typer.Option(help="What becomes of it.")] = End.taken,
    why: Annotated[str, typer.Option(help="In a few words, without personal data.")] = "",
    by: Annotated[str | None, typer.Option("--by", help="Who did it; else the user of this machine.")] = None,
) -> None:
    """Note that a proposal was taken over, or why not."""
    with _opened() as service:
        one = service.close(reference, by or getpass.getuser(), outcome.value, why)
    typer.echo(f"{one.reference} is {one.state}.")


def show_list(found: list[Proposal], console: Console) -> None:
    """Print a table, and a line that counts."""
    table = Table(show_lines=True)
    for title in ("Reference", "Proposed", "Kind", "Topic", "Language", "Text", "State"):
        table.add_column(title, overflow="fold")
    for one in found:
        who = f"{_local(one.at)}\n{one.by}"
        cells = (one.reference, who, one.kind, one.topic or "(new)", one.language, one.text, one.state)
        table.add_row(*(escape(cell) for cell in cells))
    if found:
        console.print(table)
    still_open = sum(one.is_open for one in found)
    console.print(
        f"{len(found)} proposals, {still_open} open." if len(found) != 1 else f"1 proposal, {still_open} open."
    )


def show_one(one: Proposal, console: Console) -> None:
    """Print every field on a line."""
    lines = {
        "Reference": one.reference,
        "Kind": one.kind,
        "Topic": one.topic or "(new)",
        "Language": one.language,
        "Text": one.text,
        "Remark": one.comment or "",
        "Proposed": f"{_local(one.at)} by {one.by}",
        "State": one.state,
    }
    if one.ended_at:
        lines["Ended"] = f"{_local(one.ended_at)} by {one.ended_by}" + (f" ({one.outcome})" if one.outcome else "")
    for title, value in lines.items():
        console.print(f"{title}: {value}", markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _opened() -> Iterator[Proposals]:
    database = open_database(read_settings())
    try:
        yield Proposals(database)
    finally:
        database.close()


def _local(moment: datetime) -> str:
    return moment.astimezone(BRUSSELS).strftime("%d/%m/%Y %H:%M")
