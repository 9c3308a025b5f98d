"""`faqbot fallbacks`: the turns to look at, with what people did next; personal data is masked."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.foundation.settings import read_settings
from bot.services.fallbacks.csv_rows import ranking_words, write_csv
from bot.services.fallbacks.review import Doubtful, doubtful_turns
from bot.store.migrate import open_database

_BRUSSELS = ZoneInfo("Europe/Brussels")
_SHOWN_CANDIDATES = 3


def fallbacks(
    since: datetime = typer.Option(..., "--since", formats=["%Y-%m-%d"], help="First day, as in 2026-11-01."),
    as_csv: bool = typer.Option(False, "--csv", help="Print CSV for a spreadsheet."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """List what was clarified, rejected, thumbed down or answered narrowly since a day."""
    if as_csv and as_json:
        raise typer.BadParameter("give --csv or --json, not both")
    database = open_database(read_settings())
    try:
        turns = doubtful_turns(database, since.replace(tzinfo=_BRUSSELS))
    finally:
        database.close()
    if as_csv:
        write_csv(turns, sys.stdout)
    elif as_json:
        typer.echo(json.dumps([turn.as_dict() for turn in turns], ensure_ascii=False, indent=2))
    else:
        show_turns(turns, Console())


def show_turns(turns: list[Doubtful], console: Console) -> None:
    """Print a table, and a line that counts."""
    table = Table(show_lines=True)
    for title in ("When", "Why", "Where", "What was written", "How it was read", "What came next"):
        table.add_column(title, overflow="fold")
    for turn in turns:
        table.add_row(*(escape(cell) for cell in _cells(turn)))
    if turns:
        console.print(table)
    console.print(f"{len(turns)} turns to look at." if len(turns) != 1 else "1 turn to look at.")


def _cells(turn: Doubtful) -> tuple[str, ...]:
    time = turn.time.astimezone(_BRUSSELS).strftime("%d/%m/%Y %H:%M")
    place = "\n".join(word for word in (turn.language, turn.channel, turn.page) if word)
    written = turn.text if turn.text is not None else f"({turn.choice})"
    comment = f"\n\N{EM DASH} {turn.comment}" if turn.comment else ""
    read = ranking_words(turn).replace("; ", "\n").split("\n")[:_SHOWN_CANDIDATES]
    following = turn.next_text if turn.next_text is not None else turn.next_choice
    shown = f"({following})" if turn.next_text is None and following else following or "nothing"
    return time, "\n".join(turn.reasons), place, written + comment, "\n".join(read), shown
