"""One row per conversation of the dialogue engine: its state, its last turn id and the reply to that turn.

State and reply are written together, so that a turn is either wholly done or not begun. The table is the
engine's own: an own SQLite file by default, an own schema (`rasa`) on PostgreSQL.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.foundation.settings import Settings
from bot.store.database import Connection, DatabaseError, open_engine, transaction

_SCHEMA = "rasa"
MAX_CONVERSATION_ID = 255


def tracker_database(settings: Settings) -> str:
    """The database of the trackers: `DATABASE_URL` (own schema there), else a file in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data_folder / 'trackers.sqlite'}"


class TrackerRowsError(DatabaseError):
    """The database did not answer or refused. A retry can help; nothing was half written."""


@dataclass(frozen=True)
class TrackerRow:
    """`state` is JSON-ready; `turn_id` and `reply` are None until a turn came through the turn channel."""

    conversation: str
    state: dict[str, Any]
    turn_id: str | None = None
    reply: dict[str, Any] | None = None


class TrackerRows:
    """Reads and writes the rows. Every call is one short transaction; safe to call from several threads."""

    def __init__(self, url: str) -> None:
        """`url` is an SQLAlchemy address; `sqlite:///path` makes the file and its folder."""
        self._engine, self._table = open_engine(url), _table_for(url)
        table, this = self._table, self._table.c.conversation == sa.bindparam("this")
        # Built once: building a statement costs about as much as SQLite needs to run it.
        self._read, self._add = sa.select(table).where(this), sa.insert(table)
        columns = ("state", "turn_id", "reply")
        self._change = sa.update(table).where(this).values({name: sa.bindparam(name) for name in columns})
        self._prepared = False
        self._lock = threading.Lock()

    def read(self, conversation: str) -> TrackerRow | None:
        """The row, or None when the conversation is new. Raises TrackerRowsError."""
        with self._transaction(writes=False) as connection:
            found = connection.execute(self._read, {"this": conversation}).first()
        if found is None:
            return None
        return TrackerRow(
            conversation=conversation,
            state=json.loads(found.state),
            turn_id=found.turn_id,
            reply=json.loads(found.reply) if found.reply else None,
        )

    def write(self, row: TrackerRow) -> None:
        """Insert or replace the row. Raises TrackerRowsError; then the old row stands."""
        values = {
            "state": json.dumps(row.state, ensure_ascii=False),
            "turn_id": row.turn_id,
            "reply": json.dumps(row.reply, ensure_ascii=False) if row.reply else None,
        }
        with self._transaction() as connection:
            changed = connection.execute(self._change, {"this": row.conversation, **values})
            if not changed.rowcount:
                connection.execute(self._add, {"conversation": row.conversation, **values})

    def erase(self, conversation: str) -> bool:
        """Delete the row; whether there was one."""
        table = self._table
        with self._transaction() as connection:
            gone = connection.execute(sa.delete(table).where(table.c.conversation == conversation))
        return bool(gone.rowcount)

    def delete(self, conversations: Sequence[str]) -> int:
        """Delete the rows of several conversations at once; how many there were. For an erased contact."""
        table = self._table
        with self._transaction() as connection:
            gone = connection.execute(sa.delete(table).where(table.c.conversation.in_(list(conversations))))
        return int(gone.rowcount)

    def conversations(self) -> list[str]:
        """The ids of all conversations, in no special order."""
        with self._transaction(writes=False) as connection:
            return [row.conversation for row in connection.execute(sa.select(self._table.c.conversation))]

    def close(self) -> None:
        """Close the pool."""
        self._engine.dispose()

    def _transaction(self, writes: bool = True) -> AbstractContextManager[Connection]:
        self._prepare()
        return transaction(self._engine, writes, TrackerRowsError)

    def _prepare(self) -> None:
        with self._lock:
            if self._prepared:
                return
            with transaction(self._engine, True, TrackerRowsError) as connection:
                if self._table.schema:
                    connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))
                self._table.metadata.create_all(connection)
            self._prepared = True


def _table_for(url: str) -> sa.Table:
    schema = None if url.startswith("sqlite") else _SCHEMA
    return sa.Table(
        "tracker",
        sa.MetaData(schema=schema),
        sa.Column("conversation", sa.String(MAX_CONVERSATION_ID), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("turn_id", sa.String(128)),
        sa.Column("reply", sa.Text),
    )
