"""Nothing fits: the filter to blame is named, and what comes closest is shown."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from tests.services.agenda.builders import activity
from tests.services.agenda.conversation.conftest import Talk, store


@pytest.fixture(autouse=True)
def some_activities(database: Database) -> None:
    store(
        database,
        activity("fr-online", "2026-12-01 10:00", mode="online", languages=("fr",)),
        activity("nl-site", "2026-12-02 18:00", mode="on_site", languages=("nl",)),
        activity("nl-later", "2026-12-15 10:00", mode="online", languages=("nl",)),
        activity("police", "2026-12-16 10:00", titles={"fr": "Entrer à la police"}, audience=("jobseekers",)),
    )


@pytest.mark.parametrize(
    ("asked", "blamed", "shown"),
    [
        ("en anglais", "en anglais", "fr-online"),
        ("demain", "le mardi 24 novembre", "fr-online"),
        ("mercredi 2 décembre en ligne", "le mercredi 2 décembre", "nl-later"),
        ("mercredi 2 décembre le matin", "entre 6 h et 12 h", "nl-site"),
        ("pour les enseignants", "pour les enseignants", "fr-online"),
    ],
)
def test_the_one_filter_that_leaves_nothing_over_is_named(talk: Talk, asked: str, blamed: str, shown: str) -> None:
    said = talk.asks(f"quels ateliers {asked} ?")

    assert "Je n'ai rien trouvé" in said
    assert f"**{blamed}" in said or f"{blamed}**" in said
    assert talk.shown.ids[0] == shown
    assert talk.choices == ["activities:list", "human"]


def test_where_several_filters_are_to_blame_that_is_said(talk: Talk) -> None:
    said = talk.asks("un atelier en anglais pour les enseignants demain")

    assert "ne laissent rien ensemble : **le mardi 24 novembre, en anglais et pour les enseignants**" in said
    assert talk.cards


def test_no_more_filters_are_given_up_than_needed(talk: Talk) -> None:
    said = talk.asks("un atelier en ligne en néerlandais le mercredi 2 décembre pour les enseignants")

    assert "**le mercredi 2 décembre et pour les enseignants**" in said
    assert talk.shown.ids == ("nl-later",)


def test_what_it_is_about_is_given_up_last(talk: Talk) -> None:
    talk.asks("un atelier sur la police en ligne en néerlandais demain pour les enseignants")

    assert talk.titles == ["Entrer à la police"]


def test_an_hour_at_the_end_of_a_sentence_brings_one_full_stop(database: Database) -> None:
    said = Talk(database, "nl").asks("welke workshops zijn er woensdag 2 december voor 12 uur?")

    assert "u. " in said
    assert "u.." not in said


def test_the_nearest_day_may_be_before(talk: Talk) -> None:
    talk.asks("quels ateliers en mars ?")

    assert talk.shown.ids[-1] == "police"


def test_a_period_that_is_over_is_said_to_be_over(talk: Talk) -> None:
    assert "période est passée" in talk.asks("les ateliers de la semaine passée")
    assert talk.shown.ids[0] == "fr-online"


def test_what_comes_closest_can_be_picked_and_the_filters_stay(talk: Talk) -> None:
    talk.asks("quels ateliers en anglais la semaine prochaine ?")

    talk.adds("la deuxième")
    assert talk.titles == ["Atelier CV"]
    assert talk.last
    assert [one.id for one in talk.last.activities] == ["nl-site"]

    talk.adds("et en français ?")
    assert talk.shown.ids == ("fr-online",)
