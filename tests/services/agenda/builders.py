"""Activities with sensible defaults; a test states only what matters to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.services.agenda.activity import Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.stored import row_of
from bot.store import activity_rows, agenda_rows
from bot.store.database import Database


def moment(text: str) -> datetime:
    """`2026-11-30 14:00` in Brussels."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def activity(id: str = "a", start: str = "2026-11-30 14:00", hours: float = 2, **fields: Any) -> Activity:
    """A workshop of two hours about the CV."""
    begins = moment(start)
    given = {"uid": id, "source": "centre", "titles": {"fr": "Atelier CV"}, **fields}
    return Activity(id=id, start=begins, end=begins + timedelta(hours=hours), **given)


def store(database: Database, *activities: Activity) -> None:
    """Put activities into the database as a sync does."""
    with database.writing() as connection:
        activity_rows.add(connection, [row_of(one) for one in activities])
        agenda_rows.raise_stamp(connection)
