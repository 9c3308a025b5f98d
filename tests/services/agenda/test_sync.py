"""The sync: nothing twice, nothing lost, what changed is told, and a source that breaks leaves what it gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.services.agenda.agenda import Agenda
from bot.services.agenda.outcome import SourceOutcome, SyncOutcome
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.sources.copies import Copies
from bot.services.agenda.sources.fetch import Fetcher, Limits
from bot.services.agenda.sources.reading import Source
from bot.services.agenda.sync import Sync, SyncRunning
from bot.store import agenda_rows
from bot.store.database import Database
from tests.services.agenda.builders import moment
from tests.services.agenda.sources.feed_server import FeedServer, one_after_the_other, says
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


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path)


def numbers(outcome: SourceOutcome) -> tuple[int, int, int, int]:
    changes = outcome.changes
    return len(changes.added), len(changes.changed), len(changes.cancelled), changes.unchanged


def test_the_second_sync_changes_nothing(house: House) -> None:
    first = house.reads(event("a"), event("b"))
    again = house.runs(house.source).sources[0]
    read_anew = house.reads(event("b"), event("a"))

    assert numbers(first) == (2, 0, 0, 0)
    assert numbers(again) == numbers(read_anew) == (0, 0, 0, 2)
    assert again.is_unread
    assert not read_anew.is_unread
    assert sorted(house.found()) == ["a 03/12 14:00 planned", "b 03/12 14:00 planned"]


def test_what_changes_is_told_and_its_id_stays(house: House) -> None:
    house.reads(event("a"))
    (before,) = house.agenda.find(Filters(), NOW, 5).activities

    outcome = house.reads(event("a").replace("Atelier a", "Atelier neuf"))

    (after,) = house.agenda.find(Filters(), NOW, 5).activities
    assert numbers(outcome) == (0, 1, 0, 0)
    assert after == replace(before, titles={"fr": "Atelier neuf"})


def test_a_new_moment_is_a_move_and_the_old_one_undoes_it(house: House) -> None:
    house.reads(event("a"))
    moved = event("a", "20261204T100000", "20261204T120000")

    house.reads(moved)
    assert house.found() == ["a 04/12 10:00 moved"]
    assert house.agenda.find(Filters(), NOW, 1).activities[0].moved_from == moment("2026-12-03 14:00")
    assert numbers(house.reads(moved, event("b"))) == (1, 0, 0, 1)
    assert house.found() == ["b 03/12 14:00 planned", "a 04/12 10:00 moved"]

    house.reads(event("a"))
    assert "a 03/12 14:00 planned" in house.found()


def test_what_disappears_is_cancelled_when_upcoming_and_stays_when_it_has_begun(house: House) -> None:
    house.reads(
        event("past", "20261122T140000", "20261122T160000"),
        event("running", "20261123T090000", "20261123T170000"),
        event("coming"),
        event("stays"),
    )
    shown = [one.id for one in house.agenda.find(Filters(), NOW, 5).activities]

    outcome = house.reads(event("stays"))

    assert numbers(outcome) == (0, 1, 1, 3)
    assert house.found() == ["running 23/11 09:00 planned", "stays 03/12 14:00 planned"]
    assert {one.uid: one.status for one in house.agenda.by_ids(shown)}["coming"] == "cancelled"
    assert numbers(house.reads(event("stays"), event("coming"))) == (0, 1, 0, 3)
    assert len(house.found()) == 3


def test_what_ended_before_the_horizon_is_removed(house: House) -> None:
    house.reads(event("a", "20261122T140000", "20261122T160000"), event("b", "20270601T140000", "20270601T160000"))

    house.time += timedelta(days=62)
    outcome = house.runs(house.source).sources[0]

    assert len(outcome.changes.removed) == 1
    assert house.found() == ["b 01/06 14:00 planned"]


def test_an_open_series_goes_on_every_day(house: House) -> None:
    weekly = event("a", "20261123T140000", "20261123T160000", "RRULE:FREQ=WEEKLY")
    house.reads(weekly)

    house.time += timedelta(days=7)
    outcome = house.runs(house.source).sources[0]

    assert numbers(outcome)[:3] == (1, 0, 0)
    assert not outcome.is_unread


def test_a_rejected_entry_loses_nothing_of_what_it_gave_before(house: House) -> None:
    house.reads(event("a"), event("b"), event("c"))

    outcome = house.reads(event("a"), event("b", end="20261203T130000"))

    assert [(one.line, one.uid) for one in outcome.reading.rejected] == [(14, "b")]
    assert outcome.changes.kept == 1
    assert [row.uid for row in outcome.changes.cancelled] == ["c"]
    assert sorted(one.split()[0] for one in house.found()) == ["a", "b"]
    assert house.runs(house.source).sources[0].reading.rejected == outcome.reading.rejected


def test_an_entry_that_is_rejected_without_a_name_spares_all(house: House) -> None:
    house.reads(event("a"), event("b"))

    outcome = house.reads(event("a"), "SUMMARY:Sans nom")

    assert outcome.changes.kept == 1
    assert len(house.found()) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_text("<html>502</html>"),
        lambda file: file.write_text(calendar(event("a"))[:-20]),
        lambda file: file.write_text(calendar()),
        lambda file: file.write_text(calendar(event("a", end="20261203T130000"))),
        lambda file: file.unlink(),
    ],
)
def test_a_source_that_breaks_leaves_what_it_gave(house: House, spoil: Callable[[Path], object]) -> None:
    house.reads(event("a"), event("w", "20261123T140000", "20261123T160000", "RRULE:FREQ=WEEKLY"))
    before = house.found()

    spoil(house.file)
    house.time += timedelta(hours=30)
    outcome = house.runs(house.source).sources[0]

    assert outcome.problem
    state = house.agenda.state(house.time)
    assert (state.failing[0].name, state.failing[0].since) == ("centre", house.time)
    assert state.age == timedelta(hours=30)
    assert set(before[1:]) <= set(house.found())
    assert any("28/12" in one for one in house.found())
    assert len(house.found()) >= len(before) - 1
    house.reads(event("a"))
    assert house.agenda.state(house.time).failing == ()


def test_a_source_that_may_be_empty_is_believed(house: House) -> None:
    house.reads(event("a"))
    house.file.write_text(calendar(), encoding="utf-8")

    assert "--may-be-empty centre" in str(house.runs(house.source).sources[0].problem)
    outcome = house.sync.run([house.source], may_be_empty=["centre"]).sources[0]

    assert outcome.problem is None
    assert house.found() == []


def test_a_source_that_is_taken_away_takes_its_activities_along(house: House) -> None:
    sample = replace(house.source, name="sample", is_sample=True)
    house.file.write_text(calendar(event("a")), encoding="utf-8")
    house.runs(sample)
    assert house.agenda.state(NOW).is_sample

    outcome = house.runs(house.source)

    assert outcome.gone == ("sample",)
    assert not house.agenda.state(NOW).is_sample
    assert len(house.found()) == 1
    assert not house.agenda.find(Filters(), NOW, 5).activities[0].is_sample


def test_one_broken_source_leaves_the_others_alone(house: House) -> None:
    house.file.write_text(calendar(event("a")), encoding="utf-8")
    broken = Source("broken", "csv", file=house.folder / "absent.csv")

    outcome = house.runs(broken, house.source)

    assert [bool(one.problem) for one in outcome.sources] == [True, False]
    assert len(house.found()) == 1
    assert outcome.has_problem


def test_a_feed_that_goes_down_and_comes_back(house: House) -> None:
    with FeedServer().running() as server:
        text = calendar(event("a")).encode()
        server.answers["/feed"] = one_after_the_other(
            says(text, ETag='"1"'), says(b"", 500), says(b"", 500), says(text)
        )
        feed = Source(
            "feed", "ical", address=server.address("/feed"), hosts=("127.0.0.1",), own_network=("127.0.0.1",)
        )

        problems = [house.runs(feed).sources[0].problem for _ in range(3)]

    assert problems == [None, "the server answers with 500", None]
    assert house.found() == ["a 03/12 14:00 planned"]
    assert [headers.get("if-none-match") for _, headers in server.seen] == [None, '"1"', '"1"', '"1"']


def test_two_workers_do_not_sync_at_once_and_a_dead_one_is_replaced(house: House) -> None:
    house.file.write_text(calendar(event("a")), encoding="utf-8")
    with house.database.writing() as connection:
        assert agenda_rows.take_lease(connection, "other", NOW, NOW + timedelta(minutes=15))

    with pytest.raises(SyncRunning):
        house.runs(house.source)
    house.time += timedelta(minutes=16)
    house.runs(house.source)

    with house.database.reading() as connection:
        assert agenda_rows.synced_at(connection) == house.time
    house.runs(house.source)


def test_a_table_of_twenty_thousand_rows_is_taken_once(house: House) -> None:
    rows = (
        f"a{n};Atelier {n % 40};{1 + n % 28:02}/{1 + n % 11:02}/2027;{8 + n % 10}:00;{18 + n % 4}:00"
        for n in range(20_000)
    )
    file = house.folder / "agenda.csv"
    file.write_text("Id;Titre;Date;Début;Fin\n" + "\n".join(rows), encoding="utf-8")
    table = Source("table", "csv", file=file)

    first = house.runs(table).sources[0]
    with file.open("a", encoding="utf-8") as more:
        more.write("\nneuf;Atelier neuf;03/12/2026;10:00;12:00")
    second = house.runs(table).sources[0]

    assert numbers(first) == (20_000, 0, 0, 0)
    assert numbers(second) == (1, 0, 0, 20_000)
    assert house.agenda.find(Filters(), NOW, 5).total == 20_001
