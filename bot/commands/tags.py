"""`faqbot tags`: how many conversations got each tag of the desk."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.foundation.clock import now
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.talks.tag_list import TAGS_FILE, read_tags
from bot.services.talks.tags import Tags
from bot.store.migrate import open_database


def tags(
    days: Annotated[int, typer.Option(min=1, max=3650, help="Given in the last so many days.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count the tags that counsellors gave to conversations."""
    titles = read_tags(PROJECT_FOLDER / "data" / TAGS_FILE)
    database = open_database(read_settings())
    try:
        counts = Tags(database).counts(now() - timedelta(days=days))
    finally:
        database.close()
    # A tag that is no longer in the file still counts.
    names = list(dict.fromkeys((*titles, *sorted(counts))))
    if as_json:
        typer.echo(json.dumps({name: counts.get(name, 0) for name in names}, indent=2))
        return
    table = Table(title=f"Tags of the last {days} days")
    table.add_column("Tag")
    table.add_column("Title")
    table.add_column("Conversations", justify="right")
    for name in names:
        table.add_row(escape(name), escape(titles.get(name, {}).get("en", "")), str(counts.get(name, 0)))
    Console().print(table)
