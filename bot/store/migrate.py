"""Brings the database to the newest form. Called by whatever opens the database, every time it starts.

Two processes may start at once: the second waits for the first and then finds nothing to do.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from bot.foundation.settings import Settings
from bot.store.database import Database, DatabaseError, database_url

MIGRATIONS = Path(__file__).parent / "migrations"
#: Any number, as long as nothing else in the same database takes it.
_ADVISORY_LOCK = 7_240_611_993


def open_database(settings: Settings) -> Database:
    """The deployment's database in its newest form. Raises DatabaseError."""
    url = database_url(settings)
    migrate(url)
    return Database(url)


def migrate(url: str, revision: str = "head") -> None:
    """Run what is missing, all or nothing. Raises DatabaseError (then the old form stands)."""
    database = Database(url)
    try:
        migrate_database(database, revision)
    finally:
        database.close()


def migrate_database(database: Database, revision: str = "head") -> None:
    """Like `migrate`, for a database that is open (in memory, it would be lost)."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.writing() as connection:
        # On SQLite BEGIN IMMEDIATE is the lock already.
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            # Most often: a newer version of the bot has been here and this one does not know its form.
            raise DatabaseError(f"the database has a form that this version does not know ({error})") from error
