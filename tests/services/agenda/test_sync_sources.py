"""Sources that break, come back, are taken away or read twice at once: what they gave stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.agenda.request.filters import Filters
from bot.services.agenda.sources.reading import Source
from bot.services.agenda.sync import SyncRunning
from bot.store import agenda_rows
from tests.services.agenda.house import NOW, House, event
from tests.services.agenda.sources.feed_server import FeedServer, one_after_the_other, says
from tests.services.agenda.sources.material import calendar


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
