"""The sync: nothing twice, nothing lost, what changed is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.services.agenda.request.filters import Filters
from bot.services.agenda.sources.reading import Source
from tests.services.agenda.builders import moment
from tests.services.agenda.house import NOW, House, event, numbers


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
