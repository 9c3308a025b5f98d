"""`faqbot calibrate`: propose temperature and thresholds, measured on the validation messages."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.content.phrases import read_phrases
from bot.services.evaluation.calibration import best_decision, best_temperature, read_messages
from bot.services.releases.folder import UNDERSTANDING, active_release
from bot.understanding.understander import Understander


def calibrate(
    messages: Path = typer.Option(PROJECT_FOLDER / "tests/validation", "--messages", help="Validation messages."),
) -> None:
    """Print settings for `config.yml`. Train again after changing them."""
    understander = Understander.load(active_release(read_settings().releases_folder) / UNDERSTANDING)
    asked = read_phrases(messages)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Finding the temperature", total=len(asked))
        first = read_messages(understander, asked, lambda done, _: bar.update(task, completed=done))
        temperature = best_temperature(first, understander.settings.temperature)
        understander.settings = replace(understander.settings, temperature=temperature)
        task = bar.add_task("Finding the thresholds", total=len(asked))
        readings = read_messages(understander, asked, lambda done, _: bar.update(task, completed=done))
    typer.echo(f"measured on {len(readings)} validation messages")
    typer.echo(f"temperature: {temperature}")
    for name, value in asdict(best_decision(readings)).items():
        typer.echo(f"decision.{name}: {value}")
