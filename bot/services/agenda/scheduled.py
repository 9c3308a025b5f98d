"""Brings the agenda up to date by itself, every so many minutes, in a process of its own.

Reading a large calendar keeps a processor busy for half a minute; in the gateway's own process every visitor would
feel it. Several gateways may do this: the one that gets the lease works, the others leave it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.foundation import clock
from bot.foundation.logging import log_event, log_problem, log_to_stderr
from bot.foundation.settings import PROJECT_FOLDER, Settings, read_settings
from bot.foundation.yaml_files import YamlFileError
from bot.services.agenda.sources.copies import Copies
from bot.services.agenda.sources.described import sources_of
from bot.services.agenda.sync import Sync, SyncRunning
from bot.store import agenda_rows
from bot.store.database import Database, DatabaseError, database_url

_LOOK_EVERY_SECONDS = 20.0
#: After a sync that broke off, whatever the setting says.
_PAUSE_AFTER_FAILURE = timedelta(minutes=5)
#: While another process works.
_PAUSE_FOR_OTHER = timedelta(minutes=1)
#: Exit code of a process that found another one at work.
_OTHER_WORKS = 3
#: Sources that take longer than this together are cut off.
_LONGEST_SECONDS = 15 * 60
_NICENESS = 10


def sync_for(settings: Settings, database: Database, worker: str | None = None) -> Sync:
    """The sync of a deployment."""
    copies = Copies(settings.data_folder / "agenda" / "copies")
    return Sync(database, copies, clock.now, worker or f"{socket.gethostname()}:{os.getpid()}")


def sync_now(settings: Settings) -> int:
    """Run one sync and log what it did; the exit code. What it cannot do is logged too."""
    database = Database(database_url(settings))
    begun = time.monotonic()
    try:
        outcome = sync_for(settings, database).run(sources_of(settings))
    except SyncRunning:
        return _OTHER_WORKS
    except (YamlFileError, DatabaseError) as error:
        log_problem("agenda_not_synced", cause=str(error))
        return 1
    finally:
        database.close()
    changes = [one.changes for one in outcome.sources]
    log_event(
        "agenda_synced",
        sources=len(changes),
        added=sum(len(one.added) for one in changes),
        changed=sum(len(one.changed) for one in changes),
        cancelled=sum(len(one.cancelled) for one in changes),
        rejected=sum(len(one.reading.rejected) for one in outcome.sources),
        failing=[one.name for one in outcome.sources if one.problem],
        seconds=round(time.monotonic() - begun, 1),
    )
    return 0


class Schedule:
    """A thread that starts a sync when one is due: at once, then every so many minutes (0: never)."""

    def __init__(self, settings: Settings, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._settings, self._database, self._now = settings, database, now
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="agenda", daemon=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before: datetime | None = None
        self._is_first = True

    def start(self) -> None:
        """Begin, unless the setting says never."""
        if self._settings.agenda.minutes:
            self._thread.start()

    def stop(self) -> None:
        """End, and end a sync that is under way: the next one goes on where it was."""
        self._stopped.set()
        process = self._process
        if process and process.poll() is None:
            process.terminate()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                if self._is_due():
                    self._is_first = False
                    self._sync()
            except (DatabaseError, OSError) as error:
                log_problem("agenda_not_synced", cause=str(error))
            self._stopped.wait(_LOOK_EVERY_SECONDS)

    def _is_due(self) -> bool:
        now = self._now()
        if self._not_before and now < self._not_before:
            return False
        if self._is_first:  # the sources may be other ones than before
            return True
        with self._database.reading() as connection:
            synced_at = agenda_rows.synced_at(connection)
        return synced_at is None or now - synced_at >= timedelta(minutes=self._settings.agenda.minutes)

    def _sync(self) -> None:
        command = [sys.executable, "-m", "bot.services.agenda.scheduled"]
        self._process = subprocess.Popen(command, cwd=PROJECT_FOLDER, env=_environment(self._settings))
        try:
            code = self._process.wait(_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        if code == _OTHER_WORKS:
            self._not_before = self._now() + _PAUSE_FOR_OTHER
        elif code and not self._stopped.is_set():
            log_problem("agenda_sync_broke_off", code=code)
            self._not_before = self._now() + _PAUSE_AFTER_FAILURE


def _environment(settings: Settings) -> dict[str, str]:
    """The environment from which the other process reads the same settings."""
    sources = settings.agenda.sources_file
    return {
        **os.environ,
        "FAQBOT_DATA_FOLDER": str(settings.data_folder),
        "DATABASE_URL": settings.database_url or "",
        "FAQBOT_AGENDA_SOURCES": str(sources) if sources else "",
    }


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that the lease is given back
    os.nice(_NICENESS)
    log_to_stderr()
    sys.exit(sync_now(read_settings()))
