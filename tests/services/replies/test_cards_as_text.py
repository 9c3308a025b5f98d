"""Doors without cards say the same in lines."""

from __future__ import annotations

from bot.foundation.reply import Card, Link
from bot.services.replies.cards_as_text import card_lines

CARD = Card(
    "Atelier CV",
    ("Jeudi 3 décembre à 14 h", "En ligne"),
    links=(Link("S'inscrire", "https://www.example.org/1"), Link("Ajouter à mon agenda", "/activities/1.ics")),
    mark="exemple",
).as_dict()


def test_a_card_is_a_title_with_lines_and_links() -> None:
    assert card_lines(CARD, "http://127.0.0.1:8080") == [
        "* Atelier CV (exemple)",
        "  Jeudi 3 décembre à 14 h",
        "  En ligne",
        "  S'inscrire <https://www.example.org/1>",
        "  Ajouter à mon agenda <http://127.0.0.1:8080/activities/1.ics>",
    ]


def test_a_file_to_keep_names_no_address_that_leads_nowhere() -> None:
    assert card_lines(CARD)[-1] == "  S'inscrire <https://www.example.org/1>"


def test_a_card_that_was_stored_before_cards_had_links_can_be_said() -> None:
    stored = {"title": "CV", "lines": [], "url": "https://www.example.org/", "choices": []}

    assert card_lines(stored) == ["* CV", "  CV <https://www.example.org/>"]
