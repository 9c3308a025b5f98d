"""Builds an activity for a test, which states only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.agenda.activity import Activity
from bot.services.agenda.present.words import AgendaWords
from bot.services.releases.active import ActiveContent

BRUSSELS = ZoneInfo("Europe/Brussels")
#: Monday 23 November 2026, ten in the morning.
NOW = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
#: The texts as they stand in data/texts.
WORDS = AgendaWords(ActiveContent(Path("there-is-no-release"), PROJECT_FOLDER / "data"))

_PLAIN = Activity(
    id="cv-1",
    uid="cv",
    source="test",
    titles={"fr": "Atelier CV", "nl": "Cv-workshop", "en": "CV workshop"},
    start=datetime(2026, 12, 3, 14, tzinfo=BRUSSELS),
    end=datetime(2026, 12, 3, 16, tzinfo=BRUSSELS),
)


def at(text: str) -> datetime:
    """A moment in Brussels, as in "2026-12-03 14:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def activity(begins: str | None = None, ends: str | None = None, **fields: Any) -> Activity:
    """A plain activity with some fields changed."""
    if begins and ends:
        fields.update(start=at(begins), end=at(ends))
    return replace(_PLAIN, **fields)
