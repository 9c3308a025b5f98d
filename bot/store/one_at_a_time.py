"""Something that only one gateway on a database does at a time; it ends with the process that does it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import Database, DatabaseError

#: Any number, as long as nothing else in the same database takes it.
_SUSPECT = 7_240_611_994


class OneAtATime:
    """A lock of PostgreSQL on a connection of its own. On SQLite, where one gateway runs, it is always free."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._connection: Any = None

    def take(self) -> bool:
        """Whether it is ours now; ask again later if not. Raises DatabaseError."""
        if self._engine.dialect.name == "sqlite":
            return True
        try:
            connection = self._engine.connect()
            if connection.execute(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": _SUSPECT}).scalar():
                self._connection = connection
                return True
            connection.close()
            return False
        except SQLAlchemyError as failed:
            raise DatabaseError(f"the database did not answer or refused ({type(failed).__name__})") from failed

    def give_back(self) -> None:
        """Let another have it. A connection that is broken has given it back by itself."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": _SUSPECT})
            with suppress(SQLAlchemyError):
                connection.close()
