"""A calendar file is read by a parser that did not write it."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import vobject

from bot.services.agenda.activity import Activity
from bot.services.agenda.present.calendar_file import calendar_of
from tests.services.agenda.present.sample_activity import NOW, WORDS, activity, at


def read(*activities: Activity, language: str = "fr", **options: Any) -> Any:
    """The calendar as vobject understands it."""
    written = calendar_of(activities, language, NOW, WORDS, "example.org", **options)
    return vobject.readOne(written.decode("utf-8"))


def test_an_activity_becomes_an_event_with_all_that_is_known() -> None:
    shown = activity(
        titles={"fr": "Écrire son CV ; être vu, enfin"},
        descriptions={"fr": "Première ligne,\nseconde ; ligne \\ fin."},
        place="Avenue de l'Astronomie 14, 1210 Bruxelles",
        mode="on_site",
        languages=("fr",),
        theme="employment",
        registration_url="https://www.example.org/?a=1,2;b=3",
    )

    event = read(shown).vevent

    assert event.uid.value == "cv-1@example.org"
    assert event.summary.value == "Écrire son CV ; être vu, enfin"
    assert event.dtstart.value == datetime(2026, 12, 3, 13, tzinfo=timezone.utc)
    assert event.dtend.value == datetime(2026, 12, 3, 15, tzinfo=timezone.utc)
    assert event.location.value == "Avenue de l'Astronomie 14, 1210 Bruxelles"
    assert event.url.value == "https://www.example.org/?a=1,2;b=3"
    assert event.description.value.startswith("Première ligne,\nseconde ; ligne \\ fin.\n\nSur place, en français")
    assert (event.status.value, event.sequence.value) == ("CONFIRMED", "0")
    assert event.categories.value == ["emploi"]


def test_each_side_of_a_change_of_clocks_has_its_own_hour() -> None:
    before = activity("2027-03-27 10:00", "2027-03-27 12:00", id="a")
    after = activity("2027-03-28 10:00", "2027-03-28 12:00", id="b")

    starts = [event.dtstart.value for event in read(before, after).vevent_list]

    assert starts == [at("2027-03-27 10:00"), at("2027-03-28 10:00")]
    assert [start.astimezone(timezone.utc).hour for start in starts] == [9, 8]


def test_whole_days_are_dates_with_the_day_after_as_end() -> None:
    event = read(activity("2026-12-01 00:00", "2026-12-04 00:00", is_all_day=True)).vevent

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 1), date(2026, 12, 4))


def test_a_programme_takes_over_what_has_changed() -> None:
    sequences = {
        status: int(read(activity(status=status)).vevent.sequence.value)
        for status in ("planned", "moved", "cancelled")
    }

    assert sequences["planned"] < sequences["moved"] < sequences["cancelled"]
    assert read(activity(status="cancelled")).vevent.status.value == "CANCELLED"


def test_a_sample_says_so_in_the_calendar_too() -> None:
    assert read(activity(is_sample=True), language="nl").vevent.summary.value == "Cv-workshop (voorbeeld)"


def test_no_line_is_longer_than_75_bytes_and_all_end_as_they_should() -> None:
    shown = activity(descriptions={"fr": "é" * 300})

    written = calendar_of([shown], "fr", NOW, WORDS, "example.org", name="Activités")

    assert written.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")


def test_an_empty_feed_is_a_calendar_too() -> None:
    calendar = read(name="Activités")

    assert calendar.contents.get("vevent") is None
    assert calendar.contents["x-wr-calname"][0].value == "Activités"
