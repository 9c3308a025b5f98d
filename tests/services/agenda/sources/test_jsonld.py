"""Events of schema.org in pages and files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.services.agenda.sources.jsonld import read_jsonld
from bot.services.agenda.sources.reading import Reading, SourceBroken
from tests.services.agenda.builders import moment
from tests.services.agenda.sources.material import material, starts


def event(**fields: Any) -> dict[str, Any]:
    given = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "https://example.org/e/1",
        "name": "Atelier CV",
        "startDate": "2026-12-03T14:00:00+01:00",
        "endDate": "2026-12-03T16:00:00+01:00",
        **fields,
    }
    return {key: value for key, value in given.items() if value is not None}


def read(content: Any, name: str = "agenda.html") -> Reading:
    return read_jsonld(material(content if isinstance(content, str) else json.dumps(content), "jsonld", name))


def page(*contents: Any) -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>\n' for one in contents)
    head = f"<head><title>Agenda</title>\n{scripts}</head>"
    return f"<!doctype html>\n<html>{head}<body><script>x()</script></body></html>"


def test_everything_that_an_event_can_tell() -> None:
    (one,) = read(
        event(
            name=[
                {"@value": "Postuler <b>par</b> vidéo", "@language": "fr"},
                {"@value": "Via video", "@language": "nl-BE"},
            ],
            description="<p>Avec exercices.</p>",
            inLanguage=["fr", {"@type": "Language", "name": "Dutch", "alternateName": "nl"}],
            eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode",
            location={"@type": "VirtualLocation", "url": "https://meet.google.com/abc"},
            audience={"@type": "Audience", "audienceType": "Demandeurs d'emploi"},
            organizer={"@type": "Organization", "name": "Actiris"},
            keywords="emploi, vidéo",
            maximumAttendeeCapacity=12,
            remainingAttendeeCapacity=0,
            offers={"@type": "Offer", "url": "https://example.org/register"},
        )
    ).activities

    assert one.titles == {"fr": "Postuler par vidéo", "nl": "Via video"}
    assert one.descriptions == {"fr": "Avec exercices."}
    assert one.languages == ("fr", "nl")
    assert (one.mode, one.platform, one.link) == ("online", "Google Meet", "https://meet.google.com/abc")
    assert (one.theme, one.audience, one.organisers) == ("employment", ("jobseekers",), ("Actiris",))
    assert (one.capacity, one.places_left, one.registration_url) == (12, 0, "https://example.org/register")


def test_places_days_cancelled_and_rescheduled_ones() -> None:
    astro = {
        "@type": "Place",
        "name": "Cité des métiers",
        "address": {"@type": "PostalAddress", "postalCode": "1210", "addressLocality": "Bruxelles"},
    }
    reading = read(
        [
            event(**{"@id": "1"}, location=astro),
            event(**{"@id": "2"}, startDate="2026-12-03", endDate="2026-12-05"),
            event(**{"@id": "3"}, eventStatus="https://schema.org/EventCancelled"),
            event(
                **{"@id": "4"},
                eventStatus="https://schema.org/EventRescheduled",
                previousStartDate="2026-12-01T14:00:00+01:00",
            ),
            event(**{"@id": "5"}, startDate="2026-12-03T13:00:00Z", endDate=None),
        ]
    )

    first, whole, cancelled, moved, short = reading.activities
    assert (first.mode, first.place) == ("on_site", "Cité des métiers, 1210 Bruxelles")
    assert (whole.is_all_day, whole.end) == (True, moment("2026-12-06 00:00"))
    assert cancelled.status == "cancelled"
    assert (moved.status, moved.moved_from) == ("moved", moment("2026-12-01 14:00"))
    assert (short.start, short.end) == (moment("2026-12-03 14:00"), moment("2026-12-03 15:00"))
    assert len(reading.remarks) == 1


def test_events_in_graphs_lists_and_series_of_several_scripts() -> None:
    series = {
        "@type": "EventSeries",
        "@id": "s",
        "name": "Série",
        "url": "https://example.org/s",
        "subEvent": [
            {"@type": "Event", "startDate": "2026-12-10T14:00:00+01:00", "endDate": "2026-12-10T16:00:00+01:00"},
            {"@type": "Event", "startDate": "2026-12-17T14:00:00+01:00", "endDate": "2026-12-17T16:00:00+01:00"},
        ],
    }
    listed = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": event(**{"@type": "EducationEvent"})}],
    }
    text = page({"@graph": [{"@type": "WebPage"}, series]}, listed)

    reading = read(text)

    assert starts(reading) == ["2026-12-10 14:00", "2026-12-17 14:00", "2026-12-03 14:00"]
    assert {one.titles["fr"] for one in reading.activities[:2]} == {"Série"}
    assert len({one.id for one in reading.activities}) == 3


def test_bad_events_are_told_by_the_line_of_their_script() -> None:
    reading = read(
        page(
            event(**{"@id": "1"}, startDate="2026-02-31T14:00"),
            event(**{"@id": "2"}, endDate="2026-12-03T13:00:00+01:00"),
            event(**{"@id": "3"}, name=None),
            event(**{"@id": "4"}),
            event(**{"@id": "4"}),
        )
    )

    assert [one.uid for one in reading.activities] == ["4"]
    assert [(one.line, one.uid) for one in reading.rejected] == [(3, "1"), (4, "2"), (5, "3"), (7, "4")]
    assert "2026-02-31T14:00" in reading.rejected[0].reason


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("<html><body>Rien</body></html>", 1, "no JSON-LD"),
        ('<html>\n<script type="application/ld+json">{"a": 1,\n}</script></html>', 3, "not well-formed"),
        ("[" * 100_000, 1, "not well-formed"),
    ],
)
def test_a_page_without_readable_events_is_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(SourceBroken, match=rf"agenda.html:{line}: .*{reason}"):
        read(text)
