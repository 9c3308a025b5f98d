"""An answer of the bot, a counsellor or the house as Messenger shows it."""

from __future__ import annotations

import pytest

from bot.foundation.languages import LANGUAGES
from bot.foundation.reply import Choice, Choices, Link, Text
from bot.gateway.messenger.rendering import MessengerRendering, Piece
from bot.services.handoff.offers import Offers
from tests.gateway.messenger.shown import SHOWN, SITE, WORDS, payload, said, titles


def test_an_answer_is_text_without_markdown_with_its_choices_and_thumbs() -> None:
    choices = Choices(
        (Choice("topic:centre/appointment", "Faut-il un rendez-vous ?"), Choice("human", "Parler à une personne"))
    )
    stored = payload(
        Text("**Jeudi** :\n\n- de 9 h\n- à 19 h"), choices, topic="centre/opening_hours", as_of="2020-11"
    )

    (piece,) = SHOWN.pieces(stored)

    assert piece.message["text"] == "Jeudi :\n\n- de 9 h\n- à 19 h\n\nSituation en novembre 2020"
    assert titles(piece) == ["Un rendez-vous ?", "Parler à quelqu'un", "👍 Utile", "👎 Pas utile"]
    payloads = [reply["payload"] for reply in piece.message["quick_replies"]]
    assert payloads == ["topic:centre/appointment", "human", "feedback:up", "feedback:down"]


def test_an_answer_that_has_a_vote_or_no_topic_shows_no_thumbs() -> None:
    assert titles(SHOWN.pieces(payload(Text("Oui."), topic="a/b", rating="up"))[0]) == []
    assert titles(SHOWN.pieces(payload(Text("Oui.")))[0]) == []
    assert titles(SHOWN.pieces(payload(Text("Oui."), role="system", topic="a/b"))[0]) == []


def test_links_of_a_short_answer_are_buttons() -> None:
    words = Text(
        "Écrivez à [info@a.be](mailto:info@a.be) ou voyez [Actiris: se réinscrire](https://www.actiris.brussels/x)."
    )

    (piece,) = SHOWN.pieces(payload(words, Choices((Choice("human", "Parler"),))))

    template = piece.message["attachment"]["payload"]
    assert template["text"] == "Écrivez à info@a.be ou voyez Actiris: se réinscrire."
    assert template["buttons"] == [{"type": "web_url", "title": "Actiris", "url": "https://www.actiris.brussels/x"}]
    assert titles(piece) == ["Parler"]
    assert piece.instead[-1]["text"].endswith("Actiris: se réinscrire: https://www.actiris.brussels/x")
    assert piece.instead[-1]["quick_replies"] == piece.message["quick_replies"]


def test_links_of_a_long_answer_stay_readable_in_the_text() -> None:
    long = "Une phrase de plus. " * 40 + "Voir [le site](https://a.be/x)."

    (piece,) = SHOWN.pieces(payload(Text(long)))

    assert said(piece).endswith("Voir le site (https://a.be/x).")


def test_more_links_than_buttons_stay_readable_too() -> None:
    many = " ".join(f"[site {number}](https://a.be/{number})" for number in range(5))

    pieces = SHOWN.pieces(payload(Text(many)))

    assert all(f"https://a.be/{number}" in str(pieces) for number in range(5))
    assert all(f"https://a.be/{number}" in said(pieces[0]) for number in range(5))


def test_a_page_of_our_own_is_reached_by_its_full_address() -> None:
    stored = payload(Text("Voici."), Link("Voir l'agenda sur une page", "/activities?language=fr"))

    (button,) = SHOWN.pieces(stored)[0].message["attachment"]["payload"]["buttons"]

    assert button["url"] == f"{SITE}/activities?language=fr"
    assert SHOWN.pieces(stored)[0].message["attachment"]["payload"]["text"] == "Voici."
    assert MessengerRendering(WORDS, None).pieces(stored) == (Piece({"text": "Voici."}),)


def test_a_very_long_answer_is_cut_at_sentences_and_has_its_buttons_at_the_end() -> None:
    pieces = SHOWN.pieces(
        payload(Text("Een zin over werk. " * 300), Choices((Choice("human", "Praten"),)), language="nl")
    )

    assert len(pieces) == 3
    assert all(said(piece).endswith("werk.") for piece in pieces)
    assert [titles(piece) for piece in pieces] == [[], [], ["Praten"]]


def test_titles_that_would_look_the_same_are_numbered_and_told_in_full() -> None:
    choices = (
        Choice("activity:1", "Atelier d'orientation le lundi matin"),
        Choice("activity:2", "Atelier d'orientation le mardi matin"),
        Choice("help", "Aide"),
    )
    stored = payload(Text("Lequel ?"), Choices(choices))

    (piece,) = SHOWN.pieces(stored)

    assert piece.message["text"] == (
        "Lequel ?\n\n1. Atelier d'orientation le lundi matin\n2. Atelier d'orientation le mardi matin\n3. Aide"
    )
    assert titles(piece) == ["1. Atelier…", "2. Atelier…", "3. Aide"]
    assert SHOWN.choice_of_number(stored["reply"], " 2. ") == choices[1]
    assert SHOWN.choice_of_number(stored["reply"], "4") is None
    assert SHOWN.choice_of_number(stored["reply"], "deux") is None


def test_more_choices_than_fit_are_numbered_and_reached_by_their_number() -> None:
    choices = tuple(Choice(f"activity:{number}", f"Choix {number}") for number in range(1, 21))
    stored = payload(Text("Lequel ?"), Choices(choices), topic="a/b")

    (piece,) = SHOWN.pieces(stored)

    assert titles(piece) == [f"{number}. Choix {number}" for number in range(1, 14)]
    assert piece.message["text"].endswith("20. Choix 20")
    assert SHOWN.choice_of_number(stored["reply"], "20") == choices[-1]


def test_a_number_under_an_answer_without_a_list_is_a_message() -> None:
    stored = payload(Text("Oui."), Choices((Choice("human", "Parler"),)))

    assert SHOWN.choice_of_number(stored["reply"], "1") is None


def test_a_counsellors_words_stay_as_they_were_written() -> None:
    assert SHOWN.pieces(payload(Text("**2 * 3** [x](y)"), role="counsellor")) == (
        Piece({"text": "**2 * 3** [x](y)"}),
    )


def test_what_a_person_wrote_and_an_empty_answer_send_nothing() -> None:
    assert SHOWN.pieces({"role": "visitor", "text": "bonjour", "reply": None}) == ()
    assert SHOWN.pieces(payload()) == ()


def test_buttons_without_a_word_get_one() -> None:
    (piece,) = SHOWN.pieces(payload(Choices((Choice("human", "Talk"),)), language="en"))

    assert piece.message["text"] == "Choose:"


@pytest.mark.parametrize("language", LANGUAGES)
def test_place_in_the_queue_and_scores_fit_in_every_language(language: str) -> None:
    offers = Offers(WORDS, language)

    (queue,) = SHOWN.pieces(payload(*offers.in_queue(3), language=language, role="system"))
    (ended,) = SHOWN.pieces(payload(*offers.ended(), language=language, role="system"))

    assert "3" in said(queue)
    assert "*" not in said(queue) + said(ended)
    assert len(titles(ended)) == 5
    assert not any(title.endswith("…") for title in titles(queue) + titles(ended))
