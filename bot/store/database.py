"""Opens the database and its transactions, the same for SQLite and PostgreSQL. Used by all of the store.

Services hold a `Database` and hand its connections to the repositories; they never see SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from bot.foundation.settings import Settings
from bot.store.writers import Writers

#: What a transaction gives and the repositories take.
Connection = Any

_WRITES = "transaction_writes"
#: Where the threads of this process that write to an SQLite engine queue.
_WRITERS: weakref.WeakKeyDictionary[Engine, Writers] = weakref.WeakKeyDictionary()
_BUSY_TIMEOUT_SECONDS = 10
_WAL_TRIES = 100
_DEADLOCK = "40P01"
_WAL_PAUSE_SECONDS = 0.05


class DatabaseError(RuntimeError):
    """The database did not answer or refused. A retry can help; nothing was half written."""


def came_between(error: DatabaseError) -> bool:
    """Whether another transaction came between, so that the same can go well at once: a row that points to one we
    delete, or two that waited for each other."""
    cause = error.__cause__
    is_deadlock = isinstance(cause, DBAPIError) and getattr(cause.orig, "pgcode", None) == _DEADLOCK
    return is_deadlock or isinstance(cause, IntegrityError)


class Database:
    """One per process and address; safe to use from several threads."""

    def __init__(self, url: str) -> None:
        """`url` is an SQLAlchemy address; `sqlite:///path` makes the file and its folder."""
        self.url = url
        self.engine = open_engine(url)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads; on SQLite it waits for no writer. Raises DatabaseError."""
        return transaction(self.engine, writes=False)

    def writing(self, urgent: bool = False) -> AbstractContextManager[Connection]:
        """A transaction that is written whole or, when an error leaves it, not at all. Raises DatabaseError.

        `urgent`: it is short and somebody outside waits for it, so on SQLite it comes before others that wait.
        """
        return transaction(self.engine, writes=True, urgent=urgent)

    def close(self) -> None:
        """Close the pool."""
        self.engine.dispose()


def database_url(settings: Settings) -> str:
    """`DATABASE_URL`, else a file in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data_folder / 'faqbot.sqlite'}"


@contextmanager
def transaction(
    engine: Engine, writes: bool, error: type[DatabaseError] = DatabaseError, urgent: bool = False
) -> Iterator[Connection]:
    """`engine.begin()` whose database errors come out as `error`, without the row in the text."""
    writers = _WRITERS.get(engine) if writes else None
    try:
        with (
            _turn_of(writers, error, urgent) if writers else nullcontext(),
            _for(engine, writes).begin() as connection,
        ):
            yield connection
    except SQLAlchemyError as failed:
        raise error(f"the database did not answer or refused ({type(failed).__name__})") from failed


def _for(engine: Engine, writes: bool) -> Engine:
    """The engine that knows what its transactions do; made once, since making one cost a sixth of a transaction."""
    made: dict[bool, Engine] = engine.__dict__.setdefault("_faqbot_engines", {})
    if writes not in made:
        made[writes] = engine.execution_options(**{_WRITES: writes})
    return made[writes]


@contextmanager
def _turn_of(writers: Writers, error: type[DatabaseError], urgent: bool) -> Iterator[None]:
    if not writers.acquire(_BUSY_TIMEOUT_SECONDS, urgent):
        raise error("the database did not answer (its writers queue)")
    try:
        yield
    finally:
        writers.release()


def open_engine(url: str) -> Engine:
    """An engine in 2.0 style. SQLite gets WAL and says BEGIN itself."""
    address = sa.engine.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, future=True)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        # Without a pool every transaction opens the file anew and writes the log back: twice the time.
        pool: type[sa.pool.Pool] = sa.pool.QueuePool
    else:
        pool = sa.pool.StaticPool  # or every thread would see a database of its own
    engine = sa.create_engine(
        address,
        future=True,
        poolclass=pool,
        connect_args={"timeout": _BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )
    _WRITERS[engine] = Writers()
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin
    _use_wal(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _use_wal(connection: Any) -> None:
    # Two processes that open a new file at once: the change to WAL does not wait for the other's lock.
    for left in reversed(range(_WAL_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if not left or "locked" not in str(error):
                raise
            time.sleep(_WAL_PAUSE_SECONDS)


def _begin(connection: Any) -> None:
    # A transaction that reads and then writes must not find the file locked half way; one that only
    # reads waits for nobody (WAL).
    writes = connection.get_execution_options().get(_WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
