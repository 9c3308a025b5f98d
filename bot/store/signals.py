"""Short words from one gateway to the others on the same PostgreSQL, by LISTEN and NOTIFY. Used by the relay.

A word may be lost, for instance while the connection is down: whoever hears it only learns sooner what the
tables say anyway.
"""

from __future__ import annotations

import os
import select
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.foundation.logging import log_problem
from bot.foundation.settings import Settings
from bot.store.database import database_url

_CHANNEL = "faqbot"
#: PostgreSQL takes less than 8000 bytes.
LONGEST_SIGNAL_BYTES = 7900
_MOST_WORDS = 10_000
_PAUSE_SECONDS, _PROBE_SECONDS = 1.0, 30.0
_SEND = f"SELECT pg_notify('{_CHANNEL}', word) FROM unnest(%s) AS word"


def open_signals(settings: Settings) -> Signals | None:
    """The signals of the deployment's database; None on SQLite, which has none."""
    url = database_url(settings)
    return None if url.startswith("sqlite") else Signals(url)


class Signals:
    """One thread with one connection. `send` may be called from anywhere and never waits."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, poolclass=sa.pool.NullPool, future=True)
        # While the database is away the oldest words are dropped: what is in the tables is found there.
        self._words: deque[str] = deque(maxlen=_MOST_WORDS)
        self._heard, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, on_signal: Callable[[str], object], on_gap: Callable[[], object]) -> None:
        """Begin to listen. Both are called in the thread: `on_gap` when words may have been missed."""
        self._thread = threading.Thread(target=self._run, args=(on_signal, on_gap), name="signals", daemon=True)
        self._thread.start()

    def send(self, word: str) -> None:
        """Say it to the others, soon; at most `LONGEST_SIGNAL_BYTES`."""
        self._words.append(word)
        self._wake()

    def stop(self) -> None:
        """End the thread and close the connection. Waits for it."""
        self._is_over.set()
        self._wake()
        if self._thread:
            self._thread.join(timeout=5)
        self._engine.dispose()

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # then the thread has more than one reason to wake already
            os.write(self._waker, b"x")

    def _run(self, on_signal: Callable[[str], object], on_gap: Callable[[], object]) -> None:
        while not self._is_over.is_set():
            try:
                self._talk(on_signal, on_gap)
            # What the driver raises beneath SQLAlchemy is its own; the thread must outlive every fault.
            except (SQLAlchemyError, self._engine.dialect.dbapi.Error, OSError) as error:
                log_problem("signals_lost", cause=type(error).__name__)
                self._is_over.wait(_PAUSE_SECONDS)

    def _talk(self, on_signal: Callable[[str], object], on_gap: Callable[[], object]) -> None:
        proxy = self._engine.raw_connection()
        try:
            connection: Any = proxy.driver_connection
            connection.autocommit = True
            own = connection.get_backend_pid()
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {_CHANNEL}")
                on_gap()
                while not self._is_over.is_set():
                    self._hear(connection, own, on_signal)
                    ready, _, _ = select.select([connection, self._heard], [], [], _PROBE_SECONDS)
                    if self._heard in ready:
                        os.read(self._heard, 65536)
                        self._say(cursor)
                    elif not ready:
                        cursor.execute("SELECT 1")  # a connection that died in silence shows it now
        finally:
            proxy.close()

    def _say(self, cursor: Any) -> None:
        words = []
        while self._words:
            words.append(self._words.popleft())
        if words:
            cursor.execute(_SEND, (words,))

    def _hear(self, connection: Any, own: int, on_signal: Callable[[str], object]) -> None:
        connection.poll()
        heard, connection.notifies[:] = list(connection.notifies), []
        for word in heard:
            if word.pid != own:
                on_signal(word.payload)
