"""Activities on Messenger: side by side, one alone in full, nothing out of reach."""

from __future__ import annotations

from typing import Any

from bot.foundation.reply import Card, Cards, Choice, Choices, Link, Text
from tests.gateway.messenger.shown import SHOWN, SITE, payload, said, titles


def activity(number: int, **values: Any) -> Card:
    lines = values.pop("lines", ("Jeudi 3 décembre, de 14 h à 16 h", "En ligne, en français"))
    links = (
        Link("S'inscrire", f"https://a.be/{number}"),
        Link("Rejoindre en ligne", f"https://zoom.example/{number}"),
        Link("Ajouter à mon agenda", f"/activities/id-{number}.ics?language=fr"),
    )
    return Card(title=f"Atelier {number}", lines=lines, links=links, **values)


def test_activities_stand_side_by_side_with_more_under_them() -> None:
    cards = Cards(tuple(activity(number) for number in range(5)))
    more = Choices((Choice("activities:more", "Plus d'activités"),))

    intro, shown = SHOWN.pieces(payload(Text("Voici les 5 prochaines."), cards, more))

    elements = shown.message["attachment"]["payload"]["elements"]
    assert said(intro) == "Voici les 5 prochaines."
    assert [element["title"] for element in elements] == [f"Atelier {number}" for number in range(5)]
    assert elements[0]["subtitle"] == "Jeudi 3 décembre, de 14 h à 16 h\nEn ligne, en français"
    assert [button["title"] for button in elements[0]["buttons"]] == [
        "S'inscrire",
        "Rejoindre en ligne",
        "Ajouter à mon agenda",
    ]
    assert elements[0]["buttons"][2]["url"] == f"{SITE}/activities/id-0.ics?language=fr"
    assert titles(shown) == ["Plus d'activités"]
    assert all(f"https://a.be/{number}" in str(shown.instead) for number in range(5))


def test_a_card_of_which_not_all_fits_leads_to_the_rest() -> None:
    lines = (
        "Jeudi 3 décembre, de 14 h à 16 h",
        "En ligne, en français",
        "Pour les personnes qui cherchent un emploi",
    )
    cards = Cards((activity(1, lines=lines), activity(2, lines=lines)))

    element = SHOWN.pieces(payload(cards))[0].message["attachment"]["payload"]["elements"][0]

    assert element["subtitle"] == "\n".join(lines[:2])
    assert element["buttons"][-1] == {"type": "postback", "title": "En savoir plus", "payload": "activity:id-1"}
    assert element["buttons"][0]["title"] == "S'inscrire"


def test_one_activity_alone_is_told_in_full() -> None:
    lines = ("Jeudi 3 décembre", "En ligne", "Pour tout le monde", "5 places")
    stored = payload(
        Text("Un atelier."), Cards((activity(1, lines=lines, mark="exemple"),)), Choices((Choice("help", "Aide"),))
    )

    (piece,) = SHOWN.pieces(stored)

    assert said(piece) == "Un atelier.\n\nAtelier 1 (exemple)\n" + "\n".join(lines)
    assert len(piece.message["attachment"]["payload"]["buttons"]) == 3
    assert titles(piece) == ["Aide"]
