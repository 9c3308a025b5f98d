"""One agenda that is synced from a file, for the tests of the sync."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.services.agenda.agenda import Agenda
from bot.services.agenda.outcome import SourceOutcome, SyncOutcome
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.sources.copies import Copies
from bot.services.agenda.sources.fetch import Fetcher, Limits
from bot.services.agenda.sources.reading import Source
from bot.services.agenda.sync import Sync
from bot.store.database import Database
from tests.services.agenda.builders import moment
from tests.services.agenda.sources.material import calendar

NOW = moment("2026-11-23 10:00")


def event(uid: str, start: str = "20261203T140000", end: str = "20261203T160000", *more: str) -> str:
    zone = "TZID=Europe/Brussels"
    return "\n".join(
        [f"UID:{uid}", f"SUMMARY:Atelier {uid}", f"DTSTART;{zone}:{start}", f"DTEND;{zone}:{end}", *more]
    )


@dataclass
class House:
    """A database, a clock and one file as a source."""

    database: Database
    folder: Path
    time: datetime = NOW

    def __post_init__(self) -> None:
        self.file = self.folder / "agenda.ics"
        self.source = Source("centre", "ical", file=self.file)
        self.agenda = Agenda(self.database, lambda: self.time)
        self.sync = Sync(
            self.database,
            Copies(self.folder / "copies"),
            lambda: self.time,
            "worker",
            Fetcher(Limits(seconds=5, pauses=(0.01,))),
        )

    def reads(self, *events: str) -> SourceOutcome:
        self.file.write_text(calendar(*events), encoding="utf-8")
        return self.runs(self.source).sources[0]

    def runs(self, *sources: Source) -> SyncOutcome:
        return self.sync.run(sources)

    def found(self) -> list[str]:
        found = self.agenda.find(Filters(), self.time, 1000)
        return [f"{one.uid} {one.start:%d/%m %H:%M} {one.status}" for one in found.activities]


def numbers(outcome: SourceOutcome) -> tuple[int, int, int, int]:
    changes = outcome.changes
    return len(changes.added), len(changes.changed), len(changes.cancelled), changes.unchanged
