"""Whatever is done to the bytes of a source, its reader takes what it can or says that it is broken."""

from __future__ import annotations

import json
import random
from contextlib import suppress

import pytest

from bot.services.agenda.sources.described import SAMPLE_FILE
from bot.services.agenda.sources.readers import read_material
from bot.services.agenda.sources.reading import Reading, SourceBroken
from tests.services.agenda.sources.material import calendar, material

SERIES = """
UID:a
SUMMARY;LANGUAGE=fr:Atelier\\, CV
DTSTART;TZID=Europe/Brussels:20261123T140000
DTEND;TZID=Europe/Brussels:20261123T160000
RRULE:FREQ=WEEKLY;COUNT=4;INTERVAL=2
EXDATE;TZID=Europe/Brussels:20261207T140000
RDATE;TZID=Europe/Brussels:20261203T140000
CONFERENCE;VALUE=URI:https://whereby.com/x
ORGANIZER;CN="Actiris":mailto:a@example.org
"""
EXCEPTION = """
UID:a
RECURRENCE-ID;TZID=Europe/Brussels:20261123T140000
SUMMARY:Autre
DTSTART;TZID=Europe/Brussels:20261124T140000
DURATION:PT2H
"""
EVENT = {
    "@type": "Event",
    "@id": "x",
    "name": [{"@value": "A", "@language": "fr"}],
    "startDate": "2026-12-03T14:00:00+01:00",
    "endDate": "2026-12-03",
    "previousStartDate": "2026-12-01",
    "location": [
        {"@type": "VirtualLocation", "url": "https://a.example"},
        {"@type": "Place", "address": {"postalCode": 1}},
    ],
    "offers": {"url": "https://x.example"},
    "organizer": {"name": "x"},
    "inLanguage": ["fr", {"name": "Dutch"}],
    "audience": {"audienceType": "x"},
    "subEvent": None,
}
WHOLE = {
    "ical": calendar(SERIES, EXCEPTION),
    "csv": SAMPLE_FILE.with_name("sample.csv").read_text(encoding="utf-8-sig"),
    "jsonld": f'<html><script type="application/ld+json">{json.dumps(EVENT)}</script></html>',
}
WORDS = """
00000000T000000 99991231T235959Z 20261132T250000 00010101 9999-12-31T23:59:59Z 0001-01-01 31/02/2026 25:61
;INTERVAL=0 ;COUNT=0 ;BYDAY=9MO ;VALUE=DATE TZID= P99999999D -PT1H - : ; , " \\
null [] {} 1e999 true <b> &#0; é
"""
LINES = ("RECURRENCE-ID:20261203T140000", "DTSTART:20261203", "RRULE:FREQ=DAILY", "END:VEVENT", "BEGIN:VALARM", "")
PIECES = (*WORDS.split(), *(f"\r\n{line}\r\n" for line in LINES), "\x00", "\t")


def mutilated(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at, upto = chance.randrange(len(text)), chance.randrange(20)
        piece = chance.choice((*PIECES, "", text[at : at + 60]))
        text = text[:at] + piece + text[at + upto :]
    return text


@pytest.mark.parametrize("kind", ["ical", "csv", "jsonld"])
def test_a_mutilated_source_is_read_in_part_or_called_broken(kind: str) -> None:
    chance = random.Random(1)

    for _ in range(150):
        text = mutilated(WHOLE[kind], chance)
        with suppress(SourceBroken):
            reading = read_material(material(text.encode("utf-8", "replace"), kind))
            assert isinstance(reading, Reading)
            assert all(one.titles and one.start < one.end for one in reading.activities)
            assert len({one.id for one in reading.activities}) == len(reading.activities)
