"""`faqbot reply`: the whole reply to one message as JSON, through the real dialogue engine without servers."""

from __future__ import annotations

import asyncio
import json
import uuid

import typer

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import read_settings


def reply(
    text: str = typer.Argument(None, help="What the person writes."),
    language: str = typer.Option(None, "--language", help="What the door knows: fr, nl or en."),
    choice: str = typer.Option(None, "--choice", help="A button's id instead of a text."),
) -> None:
    """Print reply and turn report of one message as JSON."""
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    from actions.in_process import run_action
    from bot.commands.quiet import quiet_rasa

    quiet_rasa()
    from bot.engine.local_brain import local_brain
    from bot.engine.turn import InvalidTurn, read_turn
    from bot.services.agenda.first_sync import sync_if_never
    from bot.services.agenda.warm_up import warm_up

    body = {"conversation": uuid.uuid4().hex, "turn": uuid.uuid4().hex, "language": language}
    body.update({"choice": choice} if choice is not None else {"text": text})
    try:
        turn, settings = read_turn(body), read_settings()
        sync_if_never(settings)
        warm_up()
        brain = local_brain(settings, run_action)
        result = asyncio.run(brain.take(turn))
    except InvalidTurn as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2))
