"""`faqbot theme new NAME`: the skeleton of a theme in all the places and languages where a theme stands."""

from __future__ import annotations

import typer

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.checks.material import TO_WRITE
from bot.services.content.skeleton import FIRST_TOPIC, MadeTheme, new_theme

theme = typer.Typer(help="Make a theme.", no_args_is_help=True)


@theme.callback()
def _group() -> None:
    """Make a theme."""


@theme.command("new")
def new(
    name: str = typer.Argument(metavar="NAME", help="Its name in the files: a to z, 0 to 9 and _."),
) -> None:
    """Make the skeleton of a theme in the three languages, with one topic to write."""
    made = new_theme(PROJECT_FOLDER, name)
    for path in made.new:
        typer.echo(f"new     {path.as_posix()}")
    for path in made.edited:
        typer.echo(f"edited  {path.as_posix()}")
    typer.echo(_what_next(name, made))


def _what_next(name: str, made: MadeTheme) -> str:
    return (
        f"\nNext:\n"
        f"1. Give the topic {name}/{FIRST_TOPIC} its own name, in all of these files.\n"
        f"2. Write what stands as {TO_WRITE}; copy a topic to add another one.\n"
        f"3. make check     says what is still missing\n"
        f"4. make train     makes a release with the new theme\n"
        f'5. .venv/bin/faqbot reply --language nl "..."     shows an answer\n'
        f"docs/content-guide.md explains each step."
    )
