"""A first list, its pages, and what is said around it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.services.agenda.present.said import KINDS_TOPIC
from bot.services.content.draft import read_draft
from bot.store.database import Database
from tests.services.agenda.builders import activity
from tests.services.agenda.conversation.conftest import NOW, Talk, put_source, store


def twelve(database: Database) -> None:
    store(database, *(activity(f"a{n:02}", f"2026-12-{n + 1:02} 14:00", titles={"fr": f"N° {n}"}) for n in range(12)))


def test_five_at_a_time_until_the_list_is_at_its_end(talk: Talk, database: Database) -> None:
    twelve(database)

    first = talk.asks("agenda")
    assert "Il y en a 12 dans l'agenda" in first
    assert talk.titles == [f"N° {n}" for n in range(5)]
    assert talk.choices == ["activities:more", "topic:centre/group_activities"]
    assert talk.links == ["/activities?language=fr"]

    assert "de 6 à 10, sur 12" in talk.takes("activities:more")
    assert talk.titles == [f"N° {n}" for n in range(5, 10)]

    assert "de 11 à 12, sur 12" in talk.takes("activities:more")
    assert talk.titles == ["N° 10", "N° 11"]
    assert "activities:more" not in talk.choices

    assert "pas d'autre activité" in talk.takes("activities:more")
    assert talk.cards == []
    assert talk.choices == ["activities:list", "human"]


def test_a_page_leaves_nothing_out_when_some_have_ended_meanwhile(talk: Talk, database: Database) -> None:
    twelve(database)
    talk.asks("agenda")

    talk.now += timedelta(days=10)  # the first two are over

    talk.takes("activities:more")
    assert talk.titles == [f"N° {n}" for n in range(5, 10)]


def test_a_page_says_nothing_twice_when_one_was_added_before_it(talk: Talk, database: Database) -> None:
    twelve(database)
    talk.asks("agenda")
    store(database, activity("new", "2026-11-30 14:00", titles={"fr": "Nouveau"}))

    talk.takes("activities:more")

    assert talk.titles == ["Nouveau", *(f"N° {n}" for n in range(5, 9))]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "J'ai trouvé **1 activité** : en ligne, en néerlandais, du lundi 30 novembre au dimanche 6 décembre."),
        (
            "nl",
            "Ik vond **1 activiteit**: online, in het Nederlands, van maandag 30 november tot en met zondag 6 dec",
        ),
        ("en", "I found **1 activity**: online, in Dutch, from Monday 30 November to Sunday 6 December."),
    ],
)
def test_what_was_understood_is_said(database: Database, language: str, words: str) -> None:
    store(
        database,
        activity("a", "2026-12-03 14:00", mode="online", languages=("nl",)),
        activity("b", "2026-12-03 14:00", mode="on_site", languages=("nl",)),
        activity("c", "2026-12-03 14:00", mode="online", languages=("fr",)),
        activity("d", "2026-12-07 14:00", mode="online", languages=("nl",)),
    )
    talk = Talk(database, language)
    asked = {
        "fr": "des ateliers en ligne en néerlandais la semaine prochaine ?",
        "nl": "online workshops in het Nederlands volgende week?",
        "en": "online workshops in Dutch next week?",
    }

    assert words in talk.asks(asked[language])
    assert talk.shown.ids == ("a",)
    assert talk.choices == ["activities:list"]


def test_the_topic_about_the_kinds_of_activities_exists() -> None:
    assert KINDS_TOPIC in read_draft(PROJECT_FOLDER / "data").cards


def test_the_button_of_the_list_begins_without_filters(talk: Talk, database: Database) -> None:
    twelve(database)
    talk.asks("en ligne")

    talk.takes("activities:list")

    assert talk.titles[0] == "N° 0"
    assert talk.shown.filters.mode is None


def test_more_without_a_list_is_a_list(talk: Talk, database: Database) -> None:
    twelve(database)

    talk.takes("activities:more")

    assert talk.titles == [f"N° {n}" for n in range(5)]


def test_what_runs_now_is_there_and_what_ended_five_minutes_ago_is_not(talk: Talk, database: Database) -> None:
    store(
        database,
        activity("over", "2026-11-23 08:00", hours=1 + 55 / 60, titles={"fr": "Finie"}),
        activity("on", "2026-11-23 09:00", hours=2, titles={"fr": "En route"}),
        activity("night", "2026-11-23 23:00", hours=3, titles={"fr": "Nuit"}),
        activity("day", "2026-11-23 00:00", hours=24, is_all_day=True, titles={"fr": "Jour"}),
    )

    talk.asks("qu'y a-t-il aujourd'hui ?")

    assert talk.titles == ["Jour", "En route", "Nuit"]
    assert [card.mark for card in talk.cards] == ["en cours", "en cours", None]
    assert talk.cards[2].lines[0] == "Lundi 23 novembre à 23 h, jusqu'à 2 h le lendemain"


def test_samples_are_said_to_be_samples(talk: Talk, database: Database) -> None:
    store(database, activity("a", is_sample=True))

    assert "**exemples**" in talk.asks("agenda")
    assert talk.cards[0].mark == "exemple"


def test_an_agenda_of_more_than_a_day_says_its_age(talk: Talk, database: Database) -> None:
    store(database, activity("a"))
    put_source(database, NOW - timedelta(hours=25), "timed out")
    assert "l'agenda date du dimanche 22 novembre" in talk.asks("agenda")

    put_source(database, NOW - timedelta(hours=23), "timed out")
    assert "date du" not in talk.asks("agenda")


def test_an_empty_agenda_says_where_else_to_look(talk: Talk) -> None:
    said = talk.asks("atelier cv en ligne demain")

    assert "L'agenda est vide" in said
    assert "https://" in said
    assert talk.choices == ["activities:list", "human"]


def test_signs_in_a_title_stay_signs(talk: Talk, database: Database) -> None:
    store(database, activity("a", titles={"fr": "**[Clic](https://x.example)** <b>"}))
    talk.asks("agenda")
    store(database, activity("b", "2026-11-24 14:00"))

    assert talk.titles == ["**[Clic](https://x.example)** <b>"]
