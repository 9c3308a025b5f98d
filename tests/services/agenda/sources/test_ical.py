"""Calendars: recurrences and their exceptions, time zones, the change of the clock, all that they can tell."""

from __future__ import annotations

import pytest

from bot.services.agenda.sources.ical import read_ical
from tests.services.agenda.builders import moment
from tests.services.agenda.sources.material import WEEKLY, calendar, material, starts


def test_a_weekly_series_with_a_left_out_an_added_a_moved_and_a_cancelled_date() -> None:
    reading = read_ical(
        material(
            calendar(
                WEEKLY + "EXDATE;TZID=Europe/Brussels:20261130T140000\nRDATE;TZID=Europe/Brussels:20261203T140000",
                """
UID:cv
RECURRENCE-ID;TZID=Europe/Brussels:20261207T140000
SUMMARY:Atelier CV (autre jour)
DTSTART;TZID=Europe/Brussels:20261208T093000
DTEND;TZID=Europe/Brussels:20261208T113000
""",
                """
UID:cv
RECURRENCE-ID;TZID=Europe/Brussels:20261214T140000
SUMMARY:Atelier CV
STATUS:CANCELLED
DTSTART;TZID=Europe/Brussels:20261214T140000
DTEND;TZID=Europe/Brussels:20261214T160000
""",
            )
        )
    )

    assert reading.rejected == ()
    assert [(f"{one.start:%d/%m %H:%M}", one.status) for one in reading.activities] == [
        ("23/11 14:00", "planned"),
        ("03/12 14:00", "planned"),
        ("08/12 09:30", "moved"),
        ("14/12 14:00", "cancelled"),
        ("21/12 14:00", "planned"),
    ]
    assert reading.activities[2].moved_from == moment("2026-12-07 14:00")
    assert reading.activities[2].titles == {"fr": "Atelier CV (autre jour)"}
    assert len({one.id for one in reading.activities}) == 5


def test_a_series_whose_hour_changes_keeps_the_ids_of_its_dates() -> None:
    before = read_ical(material(calendar(WEEKLY)))
    after = read_ical(material(calendar(WEEKLY.replace("T14", "T15").replace("T16", "T17"))))

    assert [one.id for one in before.activities] == [one.id for one in after.activities]


def test_an_open_series_reaches_as_far_as_the_agenda_is_kept() -> None:
    reading = read_ical(material(calendar(WEEKLY.replace(";COUNT=5", "").replace("20261123", "20200106"))))

    assert starts(reading)[0] == "2026-09-28 14:00"
    assert starts(reading)[-1] == "2027-12-27 14:00"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("20261018", ["18/10 14:00 +0200", "25/10 14:00 +0100", "01/11 14:00 +0100"]),
        ("20270321", ["21/03 14:00 +0100", "28/03 14:00 +0200", "04/04 14:00 +0200"]),
    ],
)
def test_a_weekly_hour_stays_the_same_on_the_wall_when_the_clock_changes(rule: str, expected: list[str]) -> None:
    reading = read_ical(material(calendar(WEEKLY.replace("20261123", rule).replace("COUNT=5", "COUNT=3"))))

    assert [f"{one.start:%d/%m %H:%M %z}" for one in reading.activities] == expected
    assert {(one.end.timestamp() - one.start.timestamp()) / 3600 for one in reading.activities} == {2}


def test_a_night_over_the_change_of_the_clock_has_its_true_length() -> None:
    zone = "TZID=Europe/Brussels"
    night = f"UID:n\nSUMMARY:Nuit\nDTSTART;{zone}:20270327T220000\nDTEND;{zone}:20270328T060000"

    (one,) = read_ical(material(calendar(night))).activities

    assert one.end.timestamp() - one.start.timestamp() == 7 * 3600


def test_times_of_other_zones_without_a_zone_and_of_whole_days() -> None:
    own_zone = (
        "BEGIN:VTIMEZONE\nTZID:Our own zone\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\n"
        "TZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    events = [
        f"UID:{number}\nSUMMARY:A\n{times}"
        for number, times in enumerate(
            [
                "DTSTART:20261201T130000Z\nDTEND:20261201T150000Z",
                "DTSTART:20261201T140000\nDURATION:PT2H",
                "DTSTART;TZID=Romance Standard Time:20261201T140000\nDURATION:PT2H",
                "DTSTART;TZID=Our own zone:20261201T160000\nDURATION:PT2H",
                "DTSTART;TZID=America/New_York:20261201T080000\nDURATION:PT2H",
            ]
        )
    ]
    whole = "UID:d\nSUMMARY:Salon\nDTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204"
    one_day = "UID:e\nSUMMARY:Salon\nDTSTART;VALUE=DATE:20261201"

    reading = read_ical(material(calendar(*events, whole, one_day, before=own_zone)))

    assert starts(reading) == ["2026-12-01 14:00"] * 5 + ["2026-12-01 00:00"] * 2
    assert {one.end for one in reading.activities[:5]} == {moment("2026-12-01 16:00")}
    assert [one.is_all_day for one in reading.activities] == [False] * 5 + [True] * 2
    assert [one.end for one in reading.activities[5:]] == [moment("2026-12-04 00:00"), moment("2026-12-02 00:00")]


def test_everything_that_a_calendar_can_tell() -> None:
    event = """
UID:video
SUMMARY;LANGUAGE=fr:Postuler en <b>vidéo</b> &amp; se préparer
X-SUMMARY;LANGUAGE=nl:Solliciteren per video
DESCRIPTION;LANGUAGE=fr:<p>Avec exercices.</p>Apportez votre CV\\, svp.<script>x()</script>
DTSTART;TZID=Europe/Brussels:20261201T140000
DTEND;TZID=Europe/Brussels:20261201T160000
CATEGORIES:Emploi,Demandeurs d'emploi
CATEGORIES:18-24
CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://whereby.com/astro
ORGANIZER;CN=Actiris:mailto:somebody@example.org
CONTACT:VDAB Brussel
X-CAPACITY:12
X-PLACES-LEFT:0
URL:https://example.org/inscription?id=1
"""

    (one,) = read_ical(material(calendar(event))).activities

    assert one.titles == {"fr": "Postuler en vidéo & se préparer", "nl": "Solliciteren per video"}
    assert one.descriptions == {"fr": "Avec exercices.\nApportez votre CV, svp."}
    assert one.theme == "employment"
    assert one.languages == ("fr", "nl")
    assert (one.mode, one.platform, one.link) == ("online", "Whereby", "https://whereby.com/astro")
    assert one.audience == ("jobseekers", "neets")
    assert one.organisers == ("Actiris", "VDAB Brussel")
    assert (one.capacity, one.places_left) == (12, 0)
    assert one.registration_url == "https://example.org/inscription?id=1"


def test_a_place_is_a_place_and_an_online_one_is_none() -> None:
    dates = "\nDTSTART:20261201T130000Z\nDTEND:20261201T150000Z\n"
    at_astro = f"UID:1\nSUMMARY:A{dates}LOCATION:Tour Astro\\, 1210 Bruxelles"
    online = f"UID:2\nSUMMARY:A{dates}LOCATION:En ligne"
    room = f"UID:3\nSUMMARY:A{dates}LOCATION:https://meet.google.com/abc"

    reading = read_ical(material(calendar(at_astro, online, room), place="Cité des métiers", languages=("fr",)))

    assert [(one.mode, one.place, one.link) for one in reading.activities] == [
        ("on_site", "Tour Astro, 1210 Bruxelles", None),
        ("online", None, None),
        ("online", None, "https://meet.google.com/abc"),
    ]
    assert {one.languages for one in reading.activities} == {("fr",)}


def test_a_calendar_in_windows_1252_keeps_its_accents() -> None:
    reading = read_ical(material(calendar(WEEKLY.replace("Atelier", "Métier à découvrir")).encode("windows-1252")))

    assert reading.activities[0].titles == {"fr": "Métier à découvrir CV"}


def test_twenty_thousand_dates_of_weekly_series() -> None:
    series = (WEEKLY.replace("UID:cv", f"UID:s{number}").replace(";COUNT=5", "") for number in range(345))

    reading = read_ical(material(calendar(*series)))

    assert len(reading.activities) == len({one.id for one in reading.activities}) == 345 * 58
