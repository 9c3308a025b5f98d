"""The parameters of /activities: what they mean, and how faulty ones are named."""

from __future__ import annotations

from datetime import datetime, time
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from bot.gateway.pages.activities_query import Query, read_query
from bot.services.agenda.present.address import page_address
from bot.services.agenda.request.filters import Filters

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)


def read(address: str, words: Filters | None = None) -> Query:
    """The query of an address; words are read as `words`."""
    items = parse_qsl(address, keep_blank_values=True)
    return read_query(items, lambda text: words or Filters(text=text), NOW, most=100)


def faults(address: str) -> list[tuple[str, str]]:
    return [(fault.parameter, fault.key.removeprefix("agenda_fault_")) for fault in read(address).faults]


def test_every_filter_can_stand_in_the_address() -> None:
    query = read(
        "from=2026-12-01&to=2026-12-24&after=17:00&before=21:30&days=sat,sun&mode=online&in=nl&in=en"
        "&theme=employment&audience=neets&q=cv&page=3&limit=50"
    )

    assert query.faults == ()
    assert query.filters == Filters(
        begins=datetime(2026, 12, 1, tzinfo=BRUSSELS),
        ends=datetime(2026, 12, 24, 23, 59, 59, tzinfo=BRUSSELS),
        earliest=time(17),
        latest=time(21, 30),
        weekdays=(5, 6),
        mode="online",
        languages=("nl", "en"),
        theme="employment",
        audience="neets",
        text="cv",
    )
    assert (query.page, query.limit) == (3, 50)


def test_what_the_chat_asked_for_comes_back_from_its_address() -> None:
    filters = Filters(
        begins=datetime(2026, 12, 5, tzinfo=BRUSSELS),
        ends=datetime(2027, 3, 28, 23, 59, 59, tzinfo=BRUSSELS),  # a day of 23 hours
        latest=time(12),
        weekdays=(1,),
        mode="on_site",
        languages=("fr", "nl"),
        theme="digital",
        audience="people_with_a_disability",
        text="video & cv",
    )

    assert read(urlsplit(page_address(filters, "nl")).query).filters == filters


def test_today_begins_now_and_the_past_is_not_asked_for() -> None:
    assert read("from=2026-11-23").filters.begins == NOW
    assert read("from=2020-01-01").filters.begins == NOW


def test_an_empty_form_asks_for_nothing() -> None:
    query = read("language=fr&q=&from=&to=&mode=&in=&theme=&audience=")

    assert query.filters == Filters()
    assert query.faults == ()


def test_a_field_goes_before_the_words() -> None:
    words = Filters(begins=NOW, ends=NOW, mode="online", languages=("fr",), text="cv")

    query = read("q=x&mode=on_site&from=2026-12-01", words)

    assert query.filters.mode == "on_site"
    assert query.filters.begins == datetime(2026, 12, 1, tzinfo=BRUSSELS)
    assert query.filters.ends is None
    assert (query.filters.languages, query.filters.text) == (("fr",), "cv")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("from=31/02/2026", [("from", "day")]),
        ("from=2026-02-31", [("from", "day")]),
        ("to=9999-12-31", [("to", "day")]),
        ("from=2026-12-24&to=2026-12-01", [("to", "order")]),
        ("after=25:00", [("after", "time")]),
        ("after=5pm", [("after", "time")]),
        ("mode=zoom", [("mode", "value")]),
        ("in=fr,de", [("in", "value")]),
        ("theme=employment;drop", [("theme", "value")]),
        ("page=0", [("page", "number")]),
        ("page=-1", [("page", "number")]),
        ("page=٣", [("page", "number")]),
        ("page=1001", [("page", "number")]),
        ("limit=101", [("limit", "number")]),
        ("mode=online&mode=on_site", [("mode", "twice")]),
        ("colour=red", [("colour", "unknown")]),
        ("q=" + "a" * 201, [("q", "long")]),
        ("mode=" + "a" * 2000, [("mode", "long")]),
        ("language=de", [("language", "value")]),
        ("from=x&mode=y&limit=z", [("from", "day"), ("mode", "value"), ("limit", "number")]),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(address: str, expected: list[tuple[str, str]]) -> None:
    assert faults(address) == expected


def test_a_faulty_filter_leaves_the_others_in_place() -> None:
    query = read("from=x&mode=online")

    assert query.filters == Filters(mode="online")
    assert query.given["from"] == "x"
