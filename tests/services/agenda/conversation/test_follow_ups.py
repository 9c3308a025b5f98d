"""Follow-ups keep the filters; what has changed since it was shown is said once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.database import Database
from tests.services.agenda.builders import activity, moment
from tests.services.agenda.conversation.conftest import Talk, change, remove, store

CV = activity("cv-fr", "2026-12-01 10:00", mode="online", languages=("fr",), descriptions={"fr": "Tout sur *le* CV."})
ACTIVITIES = (
    CV,
    activity("cv-nl", "2026-12-02 10:00", mode="online", languages=("nl",), titles={"nl": "Cv-workshop"}),
    activity("site", "2026-12-03 10:00", mode="on_site", languages=("fr",), titles={"fr": "Réseau"}),
    activity("later", "2026-12-10 10:00", mode="online", languages=("fr",), titles={"fr": "Vidéo"}),
)


@pytest.fixture(autouse=True)
def some_activities(database: Database) -> None:
    store(database, *ACTIVITIES)


@pytest.mark.parametrize(
    ("language", "asked", "in_dutch", "only_online"),
    [
        ("fr", "les ateliers de la semaine prochaine", "et en néerlandais ?", "seulement en ligne"),
        ("nl", "de workshops van volgende week", "en in het Nederlands?", "enkel online"),
        ("en", "the workshops of next week", "and in Dutch?", "only online"),
    ],
)
def test_follow_ups_narrow_the_list(
    database: Database, language: str, asked: str, in_dutch: str, only_online: str
) -> None:
    talk = Talk(database, language)

    talk.asks(asked)
    assert talk.ids == ["cv-fr", "cv-nl", "site"]

    talk.adds(only_online)
    assert talk.ids == ["cv-fr", "cv-nl"]

    talk.adds(in_dutch)
    assert talk.ids == ["cv-nl"]


def test_a_follow_up_without_a_list_is_a_request(talk: Talk) -> None:
    talk.adds("seulement en ligne")

    assert talk.shown.ids == ("cv-fr", "cv-nl", "later")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "la troisième"), ("nl", "de derde"), ("en", "the third one"), ("fr", "le numéro 3"), ("nl", "nummer 3")],
)
def test_one_of_the_list_is_told_in_full(database: Database, language: str, words: str) -> None:
    talk = Talk(database, language)
    talk.asks("agenda")

    talk.adds(words)

    assert talk.titles == ["Réseau"]
    assert len(talk.shown.ids) == 4, "the list stays"


def test_the_button_of_a_card_tells_all_about_it(talk: Talk) -> None:
    talk.asks("agenda")

    said = talk.takes("activity:cv-fr")

    assert said == "Tout sur \\*le\\* CV."
    assert talk.titles == ["Atelier CV"]
    assert talk.cards[0].choices == ()


def test_a_number_that_the_list_does_not_have_is_said(talk: Talk) -> None:
    talk.asks("agenda")

    assert "pas de numéro 5" in talk.adds("la cinquième")


def test_what_was_cancelled_after_it_was_shown_is_said_once(talk: Talk, database: Database) -> None:
    talk.asks("agenda")
    change(database, replace(CV, status="cancelled"))

    said = talk.adds("seulement en ligne")

    assert "**Atelier CV**, mardi 1er décembre à 10 h, jusqu'à 12 h, a été annulé" in said
    assert "cv-fr" not in talk.shown.ids
    assert "annulé" not in talk.adds("et en français ?")


def test_what_was_cancelled_is_said_when_its_card_is_pressed(talk: Talk, database: Database) -> None:
    talk.asks("agenda")
    change(database, replace(CV, status="cancelled"))

    said = talk.takes("activity:cv-fr")

    assert "**annulée**" in said
    assert talk.cards[0].mark == "annulé"
    assert talk.cards[0].links == ()


def test_what_was_moved_after_it_was_shown_is_said(talk: Talk, database: Database) -> None:
    talk.asks("agenda")
    new = moment("2026-12-04 09:00")
    change(
        database,
        replace(CV, status="moved", moved_from=CV.start, start=new, end=new + timedelta(hours=2)),
    )

    said = talk.adds("seulement en ligne")

    assert "**Atelier CV** a changé de date. Nouvelle date : vendredi 4 décembre à 9 h" in said
    assert "changé de date" not in talk.adds("et en français ?")


def test_an_activity_that_is_gone_leads_on_to_the_next_ones(talk: Talk, database: Database) -> None:
    talk.asks("agenda")
    remove(database, "cv-fr")

    assert "n'est plus dans l'agenda" in talk.takes("activity:cv-fr")
    assert talk.shown.ids[0] == "cv-nl"


def test_an_activity_that_is_over_says_so(talk: Talk) -> None:
    talk.asks("agenda")
    talk.now = moment("2026-12-01 13:00")

    assert "passée" in talk.takes("activity:cv-fr")


def test_a_list_that_another_version_has_kept_is_forgotten(talk: Talk) -> None:
    talk.kept = {"filters": {"when": "?"}, "ids": ["x"], "offset": 0}

    talk.adds("la deuxième")

    assert talk.shown.ids
