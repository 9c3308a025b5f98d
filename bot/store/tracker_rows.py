"""One row per conversation of the dialogue engine: its state, its last turn id and the reply to that turn.

State and reply are written together, so that a turn is either wholly done or not begun. The table is the
engine's own: an own SQLite file by default, an own schema (`rasa`) on PostgreSQL.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

_SCHEMA = "rasa"
_WRITES = "transaction_writes"
_BUSY_TIMEOUT_SECONDS = 10
MAX_CONVERSATION_ID = 255


class TrackerRowsError(RuntimeError):
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
        self._engine, self._table = _engine_for(url), _table_for(url)
        self._prepared = False
        self._lock = threading.Lock()

    def read(self, conversation: str) -> TrackerRow | None:
        """The row, or None when the conversation is new. Raises TrackerRowsError."""
        table = self._table
        query = sa.select(table).where(table.c.conversation == conversation)
        with self._transaction(writes=False) as connection:
            found = connection.execute(query).first()
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
        table = self._table
        values = {
            "state": json.dumps(row.state, ensure_ascii=False),
            "turn_id": row.turn_id,
            "reply": json.dumps(row.reply, ensure_ascii=False) if row.reply else None,
        }
        with self._transaction() as connection:
            changed = connection.execute(
                sa.update(table).where(table.c.conversation == row.conversation).values(**values)
            )
            if not changed.rowcount:
                connection.execute(sa.insert(table).values(conversation=row.conversation, **values))

    def erase(self, conversation: str) -> bool:
        """Delete the row; whether there was one."""
        table = self._table
        with self._transaction() as connection:
            gone = connection.execute(sa.delete(table).where(table.c.conversation == conversation))
        return bool(gone.rowcount)

    def conversations(self) -> list[str]:
        """The ids of all conversations, in no special order."""
        with self._transaction(writes=False) as connection:
            return [row.conversation for row in connection.execute(sa.select(self._table.c.conversation))]

    def close(self) -> None:
        """Close the pool."""
        self._engine.dispose()

    def _transaction(self, writes: bool = True) -> _Transaction:
        self._prepare()
        return _Transaction(self._engine.execution_options(**{_WRITES: writes}))

    def _prepare(self) -> None:
        with self._lock:
            if self._prepared:
                return
            try:
                with self._engine.begin() as connection:
                    if self._table.schema:
                        connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))
                    self._table.metadata.create_all(connection)
            except SQLAlchemyError as error:
                raise TrackerRowsError(type(error).__name__) from error
            self._prepared = True


class _Transaction:
    """`engine.begin()` whose database errors come out as TrackerRowsError, without the row in the text."""

    def __init__(self, engine: Engine) -> None:
        self._begin = engine.begin()

    def __enter__(self) -> Any:
        try:
            return self._begin.__enter__()
        except SQLAlchemyError as error:
            raise TrackerRowsError(type(error).__name__) from error

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            self._begin.__exit__(kind, error, trace)
        except SQLAlchemyError as failed:
            raise TrackerRowsError(type(failed).__name__) from failed
        if isinstance(error, SQLAlchemyError):
            raise TrackerRowsError(type(error).__name__) from error


def _engine_for(url: str) -> Engine:
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, future=True)
    in_memory: dict[str, Any] = {}
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    else:
        in_memory["poolclass"] = sa.pool.StaticPool  # or every thread would see a database of its own
    engine = sa.create_engine(
        address,
        future=True,
        **in_memory,
        connect_args={"timeout": _BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin
    for pragma in _pragmas():
        connection.execute(pragma)


def _pragmas() -> Iterator[str]:
    yield "PRAGMA journal_mode=WAL"
    yield "PRAGMA synchronous=NORMAL"


def _begin(connection: Any) -> None:
    # A transaction that reads and then writes must not find the file locked half way; one that only
    # reads waits for nobody (WAL).
    writes = connection.get_execution_options().get(_WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


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
