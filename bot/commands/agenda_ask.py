"""`faqbot agenda ask`: a request in plain words as the chat understands it, and what it finds, as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from bot.foundation import clock
from bot.foundation.languages import DEFAULT_LANGUAGE, LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER, Settings, read_settings
from bot.services.agenda.horizon import BRUSSELS

if TYPE_CHECKING:
    from bot.services.agenda.conversation import AgendaAnswer


def ask(
    texts: list[str] = typer.Argument(..., metavar="TEXT...", help="The request, then its follow-ups in order."),
    language: str = typer.Option(DEFAULT_LANGUAGE, "--language", help="The person's language: fr, nl or en."),
    at: str = typer.Option(
        None, "--now", metavar="MOMENT", help="As in 2026-11-23T10:00, in Brussels; default: now."
    ),
    limit: int = typer.Option(100, "--limit", min=1, help="So many activities at most."),
) -> None:
    """Print the filters understood and the matching activities as JSON, through the same code as the chat."""
    if language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    moment, settings = _moment(at), read_settings()
    # Imported here, and below: the grammar takes over a second to load, which every other verb would feel.
    from bot.services.agenda.first_sync import sync_if_never

    sync_if_never(settings)
    typer.echo(json.dumps(_asked(settings, texts, language, moment, limit), ensure_ascii=False, indent=2))


def _asked(settings: Settings, texts: list[str], language: str, moment: datetime, limit: int) -> dict[str, Any]:
    from bot.services.agenda.agenda import Agenda
    from bot.services.agenda.conversation import AgendaTurn, answer
    from bot.services.agenda.present.words import AgendaWords
    from bot.services.releases.active import ActiveContent
    from bot.store.migrate import open_database

    speaker = AgendaWords(ActiveContent(settings.releases_folder, PROJECT_FOLDER / "data"))
    database = open_database(settings)
    try:
        agenda, shown = Agenda(database), None
        for text in texts:
            turn = AgendaTurn(language, text=text, is_follow_up=shown is not None, shown=shown)
            said = answer(turn, agenda, moment, speaker, limit)
            shown = said.shown
    finally:
        database.close()
    return _data(said, language)


def _data(said: AgendaAnswer, language: str) -> dict[str, Any]:
    from bot.services.agenda.present.data import activity_data

    return {
        **said.filters.as_dict(),
        "total": said.total,
        "activities": [activity_data(one, language) for one in said.activities],
        "alternatives": [activity_data(one, language) for one in said.alternatives],
        "reply": [part.as_dict() for part in said.parts],
    }


def _moment(text: str | None) -> datetime:
    if text is None:
        return clock.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a moment as in 2026-11-23T10:00", param_hint="--now") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)
