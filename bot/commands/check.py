"""`faqbot check`: what is wrong in the content, by file and line, and then what Rasa says of its own data."""

from __future__ import annotations

import subprocess
import sys

import typer
from rich.console import Console

from bot.commands.train import rasa_environment
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.content.checks.check_content import check_content

_RASA_VALIDATE = (
    *(sys.executable, "-m", "rasa", "data", "validate"),
    *("--domain", "domain.yml", "--data", "data", "--config", "config.yml"),
)
_console = Console(stderr=True)


def check() -> None:
    """Check the content in three languages and Rasa's data. Exit code 1 if anything is wrong."""
    is_content_good = _check_content()
    is_rasa_content = _check_with_rasa()
    if not (is_content_good and is_rasa_content):
        raise typer.Exit(1)


def _check_content() -> bool:
    cache = read_settings().data_folder / "cache" / "checked.npz"
    with _console.status("Checking the content (about 15 seconds the first time) ..."):
        problems = check_content(PROJECT_FOLDER, cache=cache)
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(_summary(len(problems), len({problem.path for problem in problems})))
    return not problems


def _summary(problems: int, files: int) -> str:
    if not problems:
        return "The content has no problem."
    return f"{_count(problems, 'problem')} in {_count(files, 'file')}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _check_with_rasa() -> bool:
    """Whether Rasa accepts the data; its words are shown only when it does not."""
    with _console.status("Letting Rasa check its data (about 30 seconds) ..."):
        done = subprocess.run(
            _RASA_VALIDATE,
            cwd=PROJECT_FOLDER,
            env=rasa_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if done.returncode:
        typer.echo(done.stdout)
        typer.echo("Rasa does not accept its data; what it says stands above.")
    else:
        typer.echo("Rasa accepts its data.")
    return not done.returncode
