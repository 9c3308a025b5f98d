"""`faqbot chat`: talk to the running bot, or to one in this process when none runs. Buttons are numbered."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import typer

from bot.foundation.kept_secrets import read_brain_secret
from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import Settings, read_settings
from bot.services.replies.cards_as_text import card_lines

#: Takes the body of a turn and gives reply and report.
Ask = Callable[[dict[str, Any]], dict[str, Any]]

_TIMEOUT_SECONDS = 60
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def chat(
    language: str = typer.Option(None, "--language", help="What the door knows: fr, nl or en."),
    local: bool = typer.Option(False, "--local", help="Do not look for a running bot."),
) -> None:
    """Talk to the bot. Type a message, or the number of a button; an empty line or Ctrl-D ends."""
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    settings = read_settings()
    ask = None if local else _running_bot(settings)
    if ask is None:
        typer.echo("No running bot found; loading one in this process ...", err=True)
        ask = _local_bot(settings)
    conversation, choices = uuid.uuid4().hex, list[str]()
    while line := _read_line():
        body: dict[str, Any] = {"conversation": conversation, "turn": uuid.uuid4().hex, "language": language}
        if line.isdigit() and 1 <= int(line) <= len(choices):
            body["choice"] = choices[int(line) - 1]
        else:
            body["text"] = line
        result = ask(body)
        choices = show_reply(result["reply"], settings.door.local_url)


def show_reply(reply: dict[str, Any], door: str) -> list[str]:
    """Print a reply; the ids of its choices in the order of their numbers. `door` is the public door's address."""
    choices: list[str] = []
    for part in reply["parts"]:
        if part["kind"] == "text":
            typer.echo(_LINK.sub(r"\1 <\2>", part["markdown"]).replace("**", ""))
        elif part["kind"] == "cards":
            for card in part["items"]:
                typer.echo("\n".join(card_lines(card, door)))
                choices.extend(_numbered(card["choices"], len(choices)))
        elif part["kind"] == "link":
            typer.echo(f"{part['title']} <{door if part['url'].startswith('/') else ''}{part['url']}>")
        elif part["kind"] == "choices":
            choices.extend(_numbered(part["items"], len(choices)))
    typer.echo("")
    return choices


def _numbered(items: list[dict[str, Any]], before: int) -> list[str]:
    for number, item in enumerate(items, before + 1):
        typer.echo(f"  {number}. {item['title']}")
    return [item["id"] for item in items]


def _read_line() -> str:
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _running_bot(settings: Settings) -> Ask | None:
    secret = read_brain_secret(settings)
    address = f"{settings.brain_url}/webhooks/turn/"
    try:
        if not secret or httpx.get(address, timeout=2).status_code != 200:
            return None
    except httpx.HTTPError:
        return None

    def ask(body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {secret}"}
        try:
            answer = httpx.post(f"{address}turns", json=body, headers=headers, timeout=_TIMEOUT_SECONDS)
        except httpx.HTTPError as error:
            raise NoAnswer(f"the running bot did not answer ({type(error).__name__}); try again") from None
        if answer.status_code != 200:
            raise NoAnswer(f"the running bot refused: {answer.json().get('title')}")
        result: dict[str, Any] = answer.json()
        return result

    return ask


class NoAnswer(RuntimeError):
    """The running bot did not answer or refused; the text says why."""


def _local_bot(settings: Settings) -> Ask:
    from actions.in_process import run_action
    from bot.commands.quiet import quiet_rasa

    quiet_rasa()
    from bot.engine.local_brain import local_brain
    from bot.engine.turn import read_turn
    from bot.services.agenda.first_sync import sync_if_never
    from bot.services.agenda.warm_up import warm_up

    sync_if_never(settings)
    warm_up()
    brain = local_brain(settings, run_action)
    loop = asyncio.new_event_loop()

    def ask(body: dict[str, Any]) -> dict[str, Any]:
        return loop.run_until_complete(brain.take(read_turn(body))).as_dict()

    return ask
