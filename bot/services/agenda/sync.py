"""Brings the stored agenda in line with its sources. Called by `faqbot agenda sync` and on a schedule.

Running it twice changes nothing the second time. A source that cannot be read leaves what it gave before; its last
good copy is read on, so that an open-ended series goes on too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.foundation.logging import log_problem
from bot.services.agenda.changes import Changes, changes_of
from bot.services.agenda.horizon import horizon
from bot.services.agenda.outcome import SourceOutcome, SyncOutcome
from bot.services.agenda.sources.copies import Copies, Copy, place_of
from bot.services.agenda.sources.fetch import Fetcher, NotFetched
from bot.services.agenda.sources.known_words import COLUMNS_FILE
from bot.services.agenda.sources.readers import read_material
from bot.services.agenda.sources.reading import Material, Reading, Source, SourceBroken
from bot.store import activity_rows, agenda_rows
from bot.store.agenda_rows import SourceRow
from bot.store.database import Database

#: Raise it when the readers read the same source in another way.
_READ_AS = "1"
#: A worker that died leaves its lease; one source takes less. It is taken anew for each.
_LEASE = timedelta(minutes=5)
#: So many rows in one transaction: visitors' messages wait for it, some tens of milliseconds.
_ROWS_AT_ONCE = 250

#: Told the name of a source, what is done, and how much of it.
Progress = Callable[[str, str, int, int], None]


class SyncRunning(RuntimeError):
    """Another process is bringing the agenda up to date; try again in a minute."""


@dataclass(frozen=True)
class Sync:
    """What a sync works with; `clock` gives the present moment."""

    database: Database
    copies: Copies
    clock: Callable[[], datetime]
    worker: str
    fetcher: Fetcher = field(default_factory=Fetcher)

    def run(
        self,
        sources: Sequence[Source],
        progress: Progress = lambda name, step, done, total: None,
        may_be_empty: Sequence[str] = (),
    ) -> SyncOutcome:
        """Read every source and store what changed. Raises SyncRunning and DatabaseError.

        `may_be_empty` names the sources that are believed when they suddenly hold nothing.
        """
        self._take_lease()
        try:
            outcomes = []
            for source in sources:
                self._take_lease()  # a slow source must not use up the time of the next
                outcomes.append(self._sync_source(source, progress, source.name in may_be_empty))
            gone = self._remove_others({source.name for source in sources})
            with self.database.writing() as connection:
                agenda_rows.set_synced(connection, self.clock())
        finally:
            with self.database.writing() as connection:
                agenda_rows.give_back_lease(connection, self.worker)
        return SyncOutcome(tuple(outcomes), gone)

    def _take_lease(self) -> None:
        now = self.clock()
        with self.database.writing() as connection:
            if not agenda_rows.take_lease(connection, self.worker, now, now + _LEASE):
                raise SyncRunning("the agenda is being brought up to date by another process; try again in a minute")

    def _sync_source(self, source: Source, progress: Progress, may_be_empty: bool) -> SourceOutcome:
        now = self.clock()
        with self.database.reading() as connection:
            row = {one.name: one for one in agenda_rows.all_sources(connection)}.get(source.name)
        row = row or SourceRow(source.name, source.kind, source.is_sample, 0, now, None, None, None, None)
        row = replace(row, kind=source.kind, is_sample=source.is_sample, tried_at=now)
        known = self.copies.read(source)
        problem = None
        outcome = SourceOutcome(source.name, source.where)
        try:
            progress(source.name, "fetching", 0, 1)
            copy = self._load(source, known)
            outcome, row = self._read_and_store(source, copy, row, progress, may_be_empty)
            if copy is not known:
                self.copies.write(source, copy)
        except (NotFetched, SourceBroken) as error:
            problem = str(error)
            log_problem("agenda_source_failed", source=source.name, cause=problem)
            if known:  # its open-ended series go on
                outcome, row = self._read_on(source, known, row, progress)
        row = replace(
            row,
            good_at=row.good_at if problem else now,
            failing_since=(row.failing_since or now) if problem else None,
            reason=problem,
        )
        with self.database.writing() as connection:
            agenda_rows.write_source(connection, row)
        return replace(outcome, problem=problem, good_at=row.good_at)

    def _load(self, source: Source, known: Copy | None) -> Copy:
        if source.address:
            return self.fetcher.fetch(source, known)
        assert source.file is not None
        try:
            content = source.file.read_bytes()
        except OSError as error:
            raise NotFetched(f"the file {source.file} cannot be read ({error.strerror})") from None
        is_known = known is not None and known.content == content
        return known if known and is_known else Copy(content, place_of(source))

    def _read_on(
        self, source: Source, known: Copy, row: SourceRow, progress: Progress
    ) -> tuple[SourceOutcome, SourceRow]:
        try:
            return self._read_and_store(source, known, row, progress, may_be_empty=False)
        except SourceBroken:  # only when the reader has changed since
            return SourceOutcome(source.name, source.where), row

    def _read_and_store(
        self, source: Source, copy: Copy, row: SourceRow, progress: Progress, may_be_empty: bool
    ) -> tuple[SourceOutcome, SourceRow]:
        now = self.clock()
        first, last = horizon(now)
        read_from = _fingerprint(source, copy, first)
        outcome = SourceOutcome(source.name, source.where)
        if row.read_from == read_from:
            return replace(outcome, is_unread=True, changes=Changes(unchanged=row.activities)), row

        def tell(done: int, total: int) -> None:
            progress(source.name, "reading", done, total)

        reading = read_material(Material(source, copy.content, first, last, tell))
        with self.database.reading() as connection:
            stored = activity_rows.of_source(connection, source.name)
        if not reading.activities and not may_be_empty and (row.activities or reading.rejected):
            raise SourceBroken(_why_empty(source, reading))
        changes = changes_of(stored, reading, first, now)
        self._store(source.name, changes, progress)
        # Where entries were rejected, the next sync shows them again.
        row = replace(row, activities=len(reading.activities), read_from=None if reading.rejected else read_from)
        return replace(outcome, changes=changes, reading=reading), row

    def _store(self, name: str, changes: Changes, progress: Progress) -> None:
        if not changes:
            return
        steps = [
            *((activity_rows.add, part) for part in _parts(changes.added)),
            *((activity_rows.change, part) for part in _parts(changes.changed)),
            *((activity_rows.remove, part) for part in _parts(changes.removed)),
        ]
        for number, (write, part) in enumerate(steps):
            progress(name, "writing", number, len(steps))
            with self.database.writing() as connection:
                write(connection, part)  # type: ignore[operator]
                if number + 1 == len(steps):
                    agenda_rows.raise_stamp(connection)

    def _remove_others(self, names: set[str]) -> tuple[str, ...]:
        """Whoever takes a source away means it: its activities go with it. So does the sample."""
        with self.database.reading() as connection:
            stored = activity_rows.sources(connection) | {row.name for row in agenda_rows.all_sources(connection)}
        gone = tuple(sorted(stored - names))
        for name in gone:
            with self.database.writing() as connection:
                activity_rows.remove_source(connection, name)
                agenda_rows.remove_source(connection, name)
                agenda_rows.raise_stamp(connection)
            self.copies.forget(name)
        return gone


def _fingerprint(source: Source, copy: Copy, first: datetime) -> str:
    """Changes when reading again could give something else: other bytes, another description, another day."""
    digest = hashlib.sha256(copy.content)
    told = (_READ_AS, source.kind, source.defaults, source.is_sample, first.date(), COLUMNS_FILE.stat().st_mtime_ns)
    digest.update(repr(told).encode())
    return digest.hexdigest()


def _why_empty(source: Source, reading: Reading) -> str:
    if reading.rejected:
        return f"{reading.rejected[0]} (and no other entry could be taken: {len(reading.rejected)} in all)"
    return (
        f"{source.where}: it holds no activity any more; if that is right, "
        f"run `faqbot agenda sync --may-be-empty {source.name}`"
    )


def _parts(rows: Sequence) -> list[Sequence]:
    return [rows[at : at + _ROWS_AT_ONCE] for at in range(0, len(rows), _ROWS_AT_ONCE)]
