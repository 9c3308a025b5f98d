"""What is broken in calendars: told by line, and what is good stays."""

from __future__ import annotations

import pytest

from bot.services.agenda.sources.ical import read_ical
from bot.services.agenda.sources.reading import SourceBroken
from tests.services.agenda.builders import moment
from tests.services.agenda.sources.material import WEEKLY, calendar, material, reasons, starts


def test_bad_events_are_told_by_line_and_the_good_ones_stay() -> None:
    text = calendar(
        "UID:1\nSUMMARY:End first\nDTSTART:20261201T150000Z\nDTEND:20261201T130000Z",
        "UID:2\nSUMMARY:No such day\nDTSTART:20260231T150000Z\nDTEND:20261201T130000Z",
        "UID:3\nSUMMARY:No start",
        "UID:4\nDTSTART:20261201T130000Z\nDTEND:20261201T150000Z",
        "UID:5\nSUMMARY:Each minute\nDTSTART:20261201T130000Z\nDTEND:20261201T130100Z\nRRULE:FREQ=MINUTELY",
        "UID:6\nSUMMARY:No rule\nDTSTART:20261201T130000Z\nDTEND:20261201T130100Z\nRRULE:FREQ=OFTEN",
        "UID:7\nSUMMARY:Good\nDTSTART:20261201T130000Z\nDTEND:20261201T150000Z",
    )

    reading = read_ical(material(text))

    assert [one.uid for one in reading.activities] == ["7"]
    assert [(one.line, one.uid) for one in reading.rejected] == [
        (8, "1"),
        (13, "2"),
        (16, "3"),
        (30, "5"),
        (37, "6"),
        (20, "4"),
    ]
    assert str(reading.rejected[0]) == "https://example.org/agenda.ics:8: the end is before the start"
    assert "20260231T150000Z" in reading.rejected[1].reason


def test_the_newer_of_two_versions_stands_and_two_events_with_one_uid_both_stay() -> None:
    first = "UID:a\nSUMMARY:Old\nSEQUENCE:1\nDTSTART:20261201T130000Z\nDTEND:20261201T150000Z"
    newer = first.replace("Old", "New").replace("SEQUENCE:1", "SEQUENCE:2").replace("20261201T13", "20261201T12")
    one = "UID:b\nSUMMARY:Monday\nDTSTART:20261207T130000Z\nDTEND:20261207T150000Z"
    other = one.replace("Monday", "Tuesday").replace("20261207", "20261208")
    same = one.replace("Monday", "Monday again")

    reading = read_ical(material(calendar(newer, first, one, other, same)))

    assert [one.titles["fr"] for one in reading.activities] == ["New", "Monday again", "Tuesday"]
    assert reasons(reading) == [
        (11, "an older version (SEQUENCE) of the event on line 4"),
        (18, "the same UID and start as on line 30, which is taken"),
    ]
    assert [remark.line for remark in reading.remarks] == [24]
    assert len({one.id for one in reading.activities}) == 3


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "begin"),
        ("<html><body>502 Bad Gateway</body></html>", 1, "begin"),
        (calendar(WEEKLY).replace("END:VCALENDAR\n", ""), 10, "ends in the middle"),
        (calendar(WEEKLY)[:90], 7, "ends in the middle"),
    ],
)
def test_what_is_no_whole_calendar_is_refused_with_file_and_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(SourceBroken, match=rf"^https://example.org/agenda.ics:{line}: .*{reason}"):
        read_ical(material(text))


def test_an_event_that_is_not_closed_is_told_and_the_next_one_is_read() -> None:
    text = calendar(WEEKLY, WEEKLY.replace("UID:cv", "UID:cv2")).replace("END:VEVENT\n", "", 1)

    reading = read_ical(material(text))

    assert reasons(reading) == [(4, "the event has no END:VEVENT")]
    assert reading.rejected[0].uid == "cv"
    assert {one.uid for one in reading.activities} == {"cv2"}


def test_a_missing_end_is_taken_as_an_hour_and_told() -> None:
    reading = read_ical(material(calendar("UID:1\nSUMMARY:A\nDTSTART:20261201T130000Z")))

    assert reading.activities[0].end == moment("2026-12-01 15:00")
    assert [(remark.line, remark.reason) for remark in reading.remarks] == [(4, "no end is given; taken as one hour")]


def test_an_unknown_time_zone_is_taken_as_that_of_brussels_and_told() -> None:
    reading = read_ical(
        material(calendar("UID:1\nSUMMARY:A\nDTSTART;TZID=Mars/Olympus:20261201T140000\nDURATION:PT1H"))
    )

    assert starts(reading) == ["2026-12-01 14:00"]
    assert [remark.line for remark in reading.remarks] == [4]
    assert "Mars/Olympus" in reading.remarks[0].reason


def test_what_no_event_should_hold_spoils_only_itself() -> None:
    good = "UID:good\nSUMMARY:Good\nDTSTART:20261201T130000Z\nDTEND:20261201T150000Z"
    twice = good.replace("good", "twice") + "\nDTEND:20261201T160000Z"
    folder = (
        good.replace("good", "folder").replace("DTSTART:", "DTSTART;TZID=America:").replace("0Z\nDTEND", "0\nDTEND")
    )
    endless = good.replace("good", "endless") + "\nRRULE:FREQ=DAILY;INTERVAL=0"

    reading = read_ical(material(calendar(twice, folder, endless, good)))

    assert [one.uid for one in reading.activities] == ["good"]
    assert [one.uid for one in reading.rejected] == ["twice", "folder", "endless"]
