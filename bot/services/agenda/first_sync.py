"""Brings an agenda up to date that never was, for the verbs that work without a running gateway."""

from __future__ import annotations

from bot.foundation.settings import Settings
from bot.services.agenda.scheduled import sync_now
from bot.store import agenda_rows
from bot.store.migrate import open_database


def sync_if_never(settings: Settings) -> None:
    """Read the sources once if no sync ever came to its end. What fails is logged. Raises DatabaseError."""
    database = open_database(settings)
    try:
        with database.reading() as connection:
            is_synced = agenda_rows.synced_at(connection) is not None
    finally:
        database.close()
    if not is_synced:
        sync_now(settings)
