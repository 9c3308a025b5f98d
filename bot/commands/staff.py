"""`faqbot staff`: accounts for the desk. Passwords are chosen by their owners, by a link that is good once."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import Settings, read_settings
from bot.services.staff.accounts import Accounts
from bot.services.staff.roles import COUNSELLOR, ROLES
from bot.store.migrate import open_database

staff = typer.Typer(help="Accounts for the desk.", no_args_is_help=True)

_Name = Annotated[str, typer.Argument(help="What the person types to sign in, as in zoe or zoe@example.org.")]


@staff.command()
def add(
    name: _Name,
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")] = COUNSELLOR,
    languages: Annotated[str, typer.Option(help="What they speak with visitors, as in fr,nl.")] = ",".join(LANGUAGES),
    shown: Annotated[str | None, typer.Option(help="The name that visitors and colleagues see.")] = None,
) -> None:
    """Make an account and print the link by which its owner chooses a password."""
    with _opened() as (accounts, settings):
        token = accounts.add(name, role, [part.strip() for part in languages.split(",")], shown, getpass.getuser())
    typer.echo(f"{name.strip().casefold()} is {role}. Within 24 hours, once:\n{welcome_link(settings, token)}")


@staff.command("list")
def list_staff() -> None:
    """List the accounts."""
    with _opened() as (accounts, _):
        found = accounts.list()
    table = Table()
    for title in ("Name", "Shown", "Role", "Languages", "State"):
        table.add_column(title, overflow="fold")
    for one in found:
        state = "disabled" if not one.is_active else "active" if one.has_password else "no password yet"
        cells = (one.name, one.shown_name, one.role, " ".join(one.languages), state)
        table.add_row(*(escape(cell) for cell in cells))
    if found:
        Console().print(table)
    else:
        typer.echo("Nobody yet. `faqbot run` prints the link for the first administrator.")


@staff.command()
def disable(name: _Name) -> None:
    """Let nobody sign in with it any more; who is signed in is out at once."""
    with _opened() as (accounts, _):
        accounts.disable(name, getpass.getuser())
    typer.echo(f"{name.strip().casefold()} is disabled. `faqbot staff password` opens it again.")


@staff.command()
def password(name: _Name) -> None:
    """Print a link by which the owner chooses a new password; a disabled account is opened again."""
    with _opened() as (accounts, settings):
        token = accounts.new_link(name, getpass.getuser())
    typer.echo(f"Within 24 hours, once:\n{welcome_link(settings, token)}")


def welcome_link(settings: Settings, token: str) -> str:
    """Where a password is chosen; `FAQBOT_PUBLIC_URL` says which site that is."""
    return f"{settings.door.site_url}/desk/welcome/{token}"


@contextmanager
def _opened() -> Iterator[tuple[Accounts, Settings]]:
    settings = read_settings()
    database = open_database(settings)
    try:
        yield Accounts(database), settings
    finally:
        database.close()
