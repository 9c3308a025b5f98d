"""The agenda as actions, gateway and verbs use it: what is found, what was shown before, how old it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.foundation import clock
from bot.services.agenda.activity import CANCELLED, Activity
from bot.services.agenda.index import AgendaIndex
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.search import matching_rows
from bot.services.agenda.stored import activity_of
from bot.store import activity_rows, agenda_rows
from bot.store.database import Connection, Database

#: The vocabulary may lag behind a change so long; what is found never does.
_LOOK_EVERY = timedelta(seconds=2)


@dataclass(frozen=True)
class Found:
    """One page of what was found, by start then id, and how many there are on all pages."""

    activities: list[Activity]
    total: int


@dataclass(frozen=True)
class FailingSource:
    """A source that could not be read; what it gave before stays, `age` old (None: it never gave anything)."""

    name: str
    reason: str
    since: datetime
    age: timedelta | None


@dataclass(frozen=True)
class AgendaState:
    """Where the activities come from.

    `is_sample` tells that they are invented ones. `last_sync` says for each source when it was last read whole
    (None: never), `age` how long ago that is for the source that is behind most (None without any).
    """

    is_sample: bool
    last_sync: dict[str, datetime | None] = field(default_factory=dict)
    age: timedelta | None = None
    failing: tuple[FailingSource, ...] = ()


class Agenda:
    """One per process; safe to use from several threads. Methods raise DatabaseError."""

    def __init__(self, database: Database, now: Callable[[], datetime] = clock.now) -> None:
        self._database, self._now = database, now
        self._lock = threading.Lock()
        self._index: AgendaIndex | None = None
        self._looked_at: datetime | None = None

    def find(self, filters: Filters, now: datetime, limit: int, offset: int = 0) -> Found:
        """What is upcoming or running at `now` and fits; never what has ended or is cancelled."""
        with self._database.reading() as connection:
            index = self._fresh_index(connection)
            rows = matching_rows(index, filters, now)
            ids = [index.ids[row] for row in rows[offset : offset + limit]]
            found = _in_order(activity_rows.by_ids(connection, ids), ids)
        return Found(found, len(rows))

    def by_ids(self, ids: Sequence[str]) -> list[Activity]:
        """The activities with these ids in this order, also cancelled and past ones; unknown ids are left out."""
        if not ids:
            return []
        with self._database.reading() as connection:
            return _in_order(activity_rows.by_ids(connection, list(dict.fromkeys(ids))), ids)

    def vocabulary(self) -> tuple[str, ...]:
        """The folded words of the titles and organisers, sorted; to recognise a word that is misspelt."""
        index, looked_at = self._index, self._looked_at
        if index is None or looked_at is None or abs(self._now() - looked_at) > _LOOK_EVERY:
            with self._database.reading() as connection:
                index = self._fresh_index(connection)
        return index.vocabulary

    def state(self, now: datetime) -> AgendaState:
        """How the sources are at `now`."""
        with self._database.reading() as connection:
            rows = agenda_rows.all_sources(connection)
        ages = [now - row.good_at for row in rows if row.good_at]
        failing = tuple(
            FailingSource(row.name, row.reason or "", row.failing_since, now - row.good_at if row.good_at else None)
            for row in rows
            if row.failing_since
        )
        return AgendaState(
            is_sample=any(row.is_sample for row in rows),
            last_sync={row.name: row.good_at for row in rows},
            age=max(ages, default=None),
            failing=failing,
        )

    def _fresh_index(self, connection: Connection) -> AgendaIndex:
        """The index of the agenda as this transaction sees it."""
        stamp = agenda_rows.stamp(connection)
        self._looked_at = self._now()
        index = self._index
        if index is None or index.stamp != stamp:
            with self._lock:
                index = self._index
                if index is None or index.stamp != stamp:
                    index = AgendaIndex(activity_rows.searched(connection, CANCELLED), stamp)
                    self._index = index
        return index


def _in_order(rows: Sequence[activity_rows.ActivityRow], ids: Sequence[str]) -> list[Activity]:
    by_id = {row.id: row for row in rows}
    return [activity_of(by_id[one]) for one in ids if one in by_id]
