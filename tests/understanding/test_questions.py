"""Two questions in one message, in three languages."""

from __future__ import annotations

import pytest

from bot.understanding.questions import split_questions

TWO = {
    "vous etes ou et c'est gratuit ?": ["vous etes ou", "c'est gratuit ?"],
    "où êtes-vous ? c'est payant ?": ["où êtes-vous ?", "c'est payant ?"],
    "quelles sont vos heures d'ouverture et votre adresse": ["quelles sont vos heures d'ouverture", "votre adresse"],
    "je voudrais l'adresse, et comment je m'inscris ?": ["je voudrais l'adresse", "comment je m'inscris ?"],
    "puis-je venir sans rdv, et c'est combien": ["puis-je venir sans rdv", "c'est combien"],
    "waar zijn jullie en is het gratis?": ["waar zijn jullie", "is het gratis?"],
    "waar zitten jullie, wanneer zijn jullie open": ["waar zitten jullie", "wanneer zijn jullie open"],
    "ik wil het adres weten en hoe schrijf ik me in": ["ik wil het adres weten", "hoe schrijf ik me in"],
    "hoe word ik verpleegster en ook krijg ik nog geld?": ["hoe word ik verpleegster", "krijg ik nog geld?"],
    "where are you and is it free?": ["where are you", "is it free?"],
    "i need the address and how do i register": ["i need the address", "how do i register"],
    "how do i become a nurse, how do i find a job": ["how do i become a nurse", "how do i find a job"],
}
ONE = [
    "Je suis au chômage. Comment devenir infirmière ?",
    "formation en anglais et en néerlandais",
    "j'ai peur de perdre mon emploi et je ne sais pas quoi faire",
    "ik heb geen diploma en ik spreek geen frans, wat kan ik doen",
    "ik ben 52 en ik zoek werk, kan dat nog?",
    "i lost my job and i don't know what to do",
    "i am a mother and i have no computer, can you help me?",
]


@pytest.mark.parametrize(("text", "parts"), TWO.items(), ids=TWO.keys())
def test_two_questions_are_heard(text: str, parts: list[str]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize("text", ONE)
def test_a_story_with_one_question_stays_whole(text: str) -> None:
    assert split_questions(text) == []
