"""A card says what matters and nothing that the source does not tell."""

from __future__ import annotations

from typing import Any

import pytest

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.present.cards import card_of
from tests.services.agenda.present.sample_activity import NOW, WORDS, activity, at


def links(**fields: Any) -> list[str]:
    return [link.url for link in card_of(activity(**fields), NOW, "fr", WORDS).links]


def test_a_full_card_in_each_language() -> None:
    shown = activity(
        mode="online",
        platform="Zoom",
        languages=("nl", "fr"),
        audience=("neets",),
        places_left=3,
        registration_url="https://www.example.org/1",
        descriptions={"fr": "Tout sur le CV."},
    )

    cards = {language: card_of(shown, NOW, language, WORDS) for language in LANGUAGES}

    assert cards["fr"].lines == (
        "Jeudi 3 décembre à 14 h, jusqu'à 16 h",
        "En ligne (Zoom), en néerlandais et en français",
        "Pour les 18-24 ans sans emploi ni formation",
        "Il reste 3 places",
    )
    assert cards["nl"].lines[1] == "Online (Zoom), in het Nederlands en in het Frans"
    assert cards["en"].title == "CV workshop"
    assert [(link.title, link.url) for link in cards["en"].links] == [
        ("Register", "https://www.example.org/1"),
        ("Add to my calendar", "/activities/cv-1.ics?language=en"),
    ]
    assert [choice.id for choice in cards["nl"].choices] == ["activity:cv-1"]


def test_what_is_not_told_is_not_said() -> None:
    card = card_of(activity(), NOW, "nl", WORDS)

    assert card.lines == ("Donderdag 3 december om 14 u., tot 16 u.",)
    assert card.mark is None
    assert card.choices == ()


def test_a_title_in_another_language_says_which() -> None:
    shown = activity(titles={"nl": "Solliciteren met video"})

    assert card_of(shown, NOW, "fr", WORDS).language == "nl"
    assert card_of(shown, NOW, "nl", WORDS).language is None


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"status": "cancelled"}, "annulé"),
        ({"status": "moved", "moved_from": at("2026-12-02 14:00")}, "déplacé"),
        ({"begins": "2026-11-23 09:00", "ends": "2026-11-23 12:00"}, "en cours"),
        ({"begins": "2026-11-23 09:00", "ends": "2026-11-23 12:00", "status": "cancelled"}, "annulé"),
        ({"is_sample": True}, "exemple"),
    ],
)
def test_what_has_to_be_seen_at_once_is_a_mark(fields: dict[str, Any], mark: str) -> None:
    assert card_of(activity(**fields), NOW, "fr", WORDS).mark == mark


def test_a_moved_activity_says_when_it_would_have_been() -> None:
    moved = activity(status="moved", moved_from=at("2026-12-02 09:30"))
    whole_day = activity(
        "2026-12-03 00:00", "2026-12-04 00:00", is_all_day=True, status="moved", moved_from=at("2026-12-01 00:00")
    )

    assert card_of(moved, NOW, "en", WORDS).lines[1] == "Before: Wednesday 2 December, 9.30 am"
    assert card_of(whole_day, NOW, "fr", WORDS).lines[1] == "Avant : mardi 1er décembre"


@pytest.mark.parametrize(
    ("left", "said"),
    [(0, "Volzet"), (1, "Nog 1 plaats vrij"), (12, "Nog 12 plaatsen vrij"), (1200, "Nog 1.200 plaatsen vrij")],
)
def test_places_left_are_said(left: int, said: str) -> None:
    assert card_of(activity(places_left=left), NOW, "nl", WORDS).lines[-1] == said


def test_nobody_is_sent_to_register_where_it_makes_no_sense() -> None:
    address = "https://www.example.org/1"

    assert links(registration_url=address)[0] == address
    assert address not in links(registration_url=address, places_left=0)
    assert links(registration_url=address, status="cancelled") == []
    assert links(begins="2026-11-23 08:00", ends="2026-11-23 09:55", registration_url=address) == []


def test_the_online_room_is_a_link_when_the_source_gives_it() -> None:
    assert "https://meet.example.org/x" in links(link="https://meet.example.org/x", mode="online")
