"""The agenda over a real database: order, pages, what was shown before, what changed meanwhile."""

from __future__ import annotations

from dataclasses import replace

from bot.services.agenda.activity import Activity
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.stored import row_of
from bot.store import activity_rows, agenda_rows
from bot.store.agenda_rows import SourceRow
from bot.store.database import Database
from tests.services.agenda.builders import activity, moment, store

NOW = moment("2026-11-23 10:00")


def ids(activities: list[Activity]) -> list[str]:
    return [one.id for one in activities]


def test_pages_come_by_start_then_id_and_the_total_counts_all(database: Database) -> None:
    agenda = Agenda(database)
    store(database, *(activity(f"a{n}", f"2026-11-{30 - n % 3} 14:00") for n in range(9)))

    first, second = agenda.find(Filters(), NOW, 5), agenda.find(Filters(), NOW, 5, offset=5)

    assert ids(first.activities) == ["a2", "a5", "a8", "a1", "a4"]
    assert ids(second.activities) == ["a7", "a0", "a3", "a6"]
    assert first.total == second.total == 9


def test_everything_that_a_source_tells_comes_back(database: Database) -> None:
    whole = activity(
        "whole",
        titles={"nl": "Solliciteren per video", "fr": "Postuler en vidéo"},
        descriptions={"nl": "Met oefeningen.\nNeem je cv mee."},
        theme="employment",
        languages=("nl", "fr"),
        mode="online",
        platform="Whereby",
        link="https://example.org/room",
        audience=("jobseekers", "neets"),
        organisers=("Actiris", "VDAB Brussel"),
        capacity=12,
        places_left=0,
        registration_url="https://example.org/register",
        status="moved",
        moved_from=moment("2026-11-26 14:00"),
        is_sample=True,
    )
    store(database, whole)

    assert Agenda(database).by_ids(["whole"]) == [whole]


def test_what_was_shown_is_found_again_in_its_order_also_when_cancelled_or_past(database: Database) -> None:
    store(
        database,
        activity("past", "2026-11-20 14:00"),
        activity("cancelled", status="cancelled"),
        activity("planned"),
    )
    agenda = Agenda(database)

    assert ids(agenda.by_ids(["planned", "gone", "past", "cancelled"])) == ["planned", "past", "cancelled"]
    assert agenda.by_ids([]) == []
    assert ids(agenda.find(Filters(), NOW, 5).activities) == ["planned"]


def test_moved_ones_and_ways_to_take_part_are_found_as_they_are_stored(database: Database) -> None:
    store(
        database,
        activity("moved", status="moved", moved_from=moment("2026-11-26 14:00"), place="Astro"),
        activity("both", mode="on_site", link="https://example.org/room"),
    )
    agenda = Agenda(database)

    assert ids(agenda.find(Filters(mode="on_site"), NOW, 5).activities) == ["both", "moved"]
    assert ids(agenda.find(Filters(mode="online"), NOW, 5).activities) == ["both"]


def test_a_change_is_seen_by_the_next_search(database: Database) -> None:
    agenda, planned = Agenda(database), activity("a")
    store(database, planned)
    assert agenda.find(Filters(), NOW, 5).total == 1

    with database.writing() as connection:
        activity_rows.change(connection, [row_of(replace(planned, status="cancelled"))])
        agenda_rows.raise_stamp(connection)
    store(database, activity("b"))

    assert ids(agenda.find(Filters(), NOW, 5).activities) == ["b"]
    assert agenda.by_ids(["a"])[0].status == "cancelled"


def test_the_vocabulary_has_the_words_that_say_something(database: Database) -> None:
    store(database, activity("a", titles={"fr": "Devenir infirmière en 3 ans", "nl": "Aan de slag in de zorg"}))

    words = Agenda(database).vocabulary()

    assert {"infirmiere", "devenir", "zorg", "slag"} <= set(words)
    assert not {"en", "de", "3"} & set(words)


def test_the_vocabulary_follows_a_change_within_seconds(database: Database) -> None:
    times = [NOW]
    agenda = Agenda(database, lambda: times[-1])
    store(database, activity("a"))
    assert "soudeur" not in agenda.vocabulary()
    store(database, activity("b", titles={"fr": "Devenir soudeur"}))

    times.append(moment("2026-11-23 10:01"))

    assert "soudeur" in agenda.vocabulary()


def test_the_state_tells_the_sample_the_ages_and_what_fails(database: Database) -> None:
    agenda = Agenda(database)
    good, old = moment("2026-11-23 09:30"), moment("2026-11-21 10:00")
    with database.writing() as connection:
        agenda_rows.write_source(connection, SourceRow("file", "csv", True, 3, NOW, good, None, None, None))
        agenda_rows.write_source(connection, SourceRow("feed", "ical", False, 9, NOW, old, old, "is away", None))
        agenda_rows.write_source(connection, SourceRow("new", "ical", False, 0, NOW, None, NOW, "is broken", None))

    state = agenda.state(NOW)

    assert state.is_sample
    assert state.age is not None
    assert state.age.days == 2
    assert state.last_sync == {"feed": old, "file": good, "new": None}
    assert [(one.name, one.reason, one.age) for one in state.failing] == [
        ("feed", "is away", NOW - old),
        ("new", "is broken", None),
    ]


def test_an_empty_agenda_finds_nothing(database: Database) -> None:
    agenda = Agenda(database)

    assert agenda.find(Filters(text="cv", languages=("nl",), ends=NOW), NOW, 5).total == 0
    assert agenda.vocabulary() == ()
    assert agenda.state(NOW).age is None
    assert not agenda.state(NOW).is_sample
