"""Sentences and words are counted as a person reads them."""

from __future__ import annotations

import pytest

from bot.services.content.checks.sentences import sentences, visible_text, word_count


@pytest.mark.parametrize(
    "one_sentence",
    [
        "Prenez un document, p.ex. Votre CV en pdf.",
        "Breng iets mee, p. ex. Je cv.",
        "M. Dupont vous reçoit.",
        "Vraag het aan dhr. Peeters of mevr. Claes.",
        "Je kunt terecht tot 14.30 u. op donderdag.",
        "Er waren 1.000 bezoekers in 2020.",
        "Kijk op www.x.be voor meer.",
        "See https://www.x.be/a.b?c=d.e for more.",
        "De wet (art. 60) geldt.",
        "Het gaat om o.a. VDAB en Actiris, d.w.z. Brussel.",
        "J. Peeters en A. B. Claes werken hier.",
        "Bezoek nr. 14 in de av. Louise.",
        "Vous demandez « Où ? » et on répond.",
        "It costs 3.50 euro, i.e. Little.",
        "Open 14 h 30 … et plus.",
    ],
)
def test_these_are_one_sentence(one_sentence: str) -> None:
    assert sentences(one_sentence) == [one_sentence]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Oui. Non.", 2),
        ("Vous habitez ailleurs ? Posez la question.", 2),
        ("« Venez ! » Elle vient.", 2),
        ("Open tot 14.30 u. Bel ons daarna.", 2),
        ("We helpen met cv, brief, enz. Daarna bel je.", 2),
        ("Kijk op www.x.be. Daar staat het.", 2),
        ("No. You pay nothing.", 2),
        ("Call 0800 555 66. It is free!", 2),
        ("It costs 3.50. 2 people can come.", 2),
        ("Until 7 p.m. Call us.", 2),
        ("One line\nanother line", 2),
        ("Bring:\n\n- your card\n- a **letter**\n1. a pen", 4),
        ("👋 Hello. 👋", 1),
        ("", 0),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_link_counts_with_its_visible_words() -> None:
    text = "- Look at the [site of **Actiris**](https://www.actiris.brussels/a_(b)/very-long) today"

    assert visible_text(text) == "Look at the site of Actiris today"
    assert sentences(text) == ["Look at the site of Actiris today"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("l'orientation, c'est quoi ?", 3),
        ("0800 555 66", 1),
        ("1 000 personnes", 2),
        ("Avez-vous une idée ? – Oui !", 4),
        ("...", 0),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert word_count(text) == count
