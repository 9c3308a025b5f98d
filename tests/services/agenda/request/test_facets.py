"""Way, language, audience, theme and title words of a request."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.read import BRUSSELS, read_request

NOW = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
VOCABULARY = (
    *("aeroport", "airport", "alternance", "cv", "devenir", "enseignant", "entretien", "infirmier", "luchthaven"),
    *("motivation", "lettre", "netwerk", "politie", "police", "solliciteren", "sollicitatiegesprek", "video"),
)


def asked(text: str, language: str) -> Filters:
    return read_request(text, language, NOW, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "language", "mode"),
    [
        ("un atelier en ligne", "fr", "online"),
        ("par visio", "fr", "online"),
        ("en présentiel svp", "fr", "on_site"),
        ("pas en ligne", "fr", "on_site"),
        ("en ligne ou sur place", "fr", None),
        ("een webinar over cv", "nl", "online"),
        ("liefst van thuis uit", "nl", "online"),
        ("niet online", "nl", "on_site"),
        ("ter plaatse", "nl", "on_site"),
        ("only face-to-face", "en", "on_site"),
        ("not on Zoom", "en", "on_site"),
        ("from home", "en", "online"),
        ("atelier postuler en ligne", "fr", None),
    ],
)
def test_how_one_takes_part(text: str, language: str, mode: str | None) -> None:
    assert asked(text, language).mode == mode


@pytest.mark.parametrize(
    ("text", "language", "languages", "theme"),
    [
        ("atelier CV en néerlandais", "fr", ("nl",), None),
        ("in het Frans", "nl", ("fr",), None),
        ("workshop in English", "en", ("en",), None),
        ("English CV workshop", "en", ("en",), None),
        ("Engelstalige workshop", "nl", ("en",), None),
        ("en français ou en anglais", "fr", ("fr", "en"), None),
        ("séance bilingue", "fr", ("fr", "nl"), None),
        ("workshop NL", "en", ("nl",), None),
        ("en Flamand svp", "fr", ("nl",), None),
        ("un workshop in het Nederlands", "fr", ("nl",), None),
        ("cours de néerlandais", "fr", (), "languages"),
        ("Dutch lessons", "en", (), "languages"),
        ("learn French", "en", (), "languages"),
        ("lessen Nederlands", "nl", (), "languages"),
        ("Nederlands leren", "nl", (), "languages"),
        ("table de conversation en anglais", "fr", (), "languages"),
        ("do you speak English?", "en", (), None),
        ("je ne parle pas néerlandais", "fr", (), None),
        ("cours de français en anglais", "fr", ("en",), "languages"),
    ],
)
def test_a_language_is_the_filter_or_the_topic(
    text: str, language: str, languages: tuple[str, ...], theme: str | None
) -> None:
    filters = asked(text, language)

    assert (filters.languages, filters.theme) == (languages, theme)


@pytest.mark.parametrize(
    ("text", "language", "piece"),
    [
        ("un atelier en arabe", "fr", "en arabe"),
        ("workshop in het Spaans", "nl", "in het Spaans"),
        ("a workshop not in Dutch", "en", "not in Dutch"),
        ("le 31/02", "fr", "31/02"),
        ("krokusvakantie 2040", "nl", "krokusvakantie 2040"),
        ("every other week", "en", "every other week"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, language: str, piece: str) -> None:
    assert piece in " | ".join(asked(text, language).not_understood)


@pytest.mark.parametrize(
    ("text", "language", "audience"),
    [
        ("pour les étudiants", "fr", "students"),
        ("je suis demandeur d'emploi", "fr", "jobseekers"),
        ("pour les jeunes de 18 à 24 ans", "fr", "neets"),
        ("voor nieuwkomers", "nl", "newcomers"),
        ("ik zit in een rolstoel", "nl", "people_with_a_disability"),
        ("for teachers", "en", "teachers"),
        ("devenir enseignant", "fr", None),
        ("leerkracht worden", "nl", None),
        ("become a teacher", "en", None),
        ("job d'étudiant", "fr", None),
    ],
)
def test_for_whom(text: str, language: str, audience: str | None) -> None:
    assert asked(text, language).audience == audience


@pytest.mark.parametrize(
    ("text", "language", "theme", "words"),
    [
        ("CV workshop in Dutch next week, online", "en", None, "cv"),
        ("atelier lettre de motivation", "fr", None, "lettre motivation"),
        ("un atelier sur l'alternanse", "fr", None, "alternance"),
        ("become a teacher", "en", None, "enseignant"),
        ("verpleegkundige worden", "nl", None, "infirmier"),
        ("werken op de luchthaven", "nl", None, "luchthaven"),
        ("workshop soliciteren", "nl", None, "solliciteren"),
        ("iets over pottenbakken", "nl", None, "pottenbakken"),
        ("devenir indépendant", "fr", "entrepreneurship", None),
        ("zelfstandige worden", "nl", "entrepreneurship", None),
        ("start my own business", "en", "entrepreneurship", None),
        ("trouver du travail", "fr", "employment", None),
        ("computerlessen", "nl", "digital", None),
        ("career guidance", "en", "guidance", None),
        ("Wat is er volgende week te doen?", "nl", None, None),
        ("Bonjour, qu'est-ce que vous proposez pendant la semaine prochaine ?", "fr", None, None),
        ("hi, could you please tell me what is on tomorrow", "en", None, None),
    ],
)
def test_theme_and_title_words(text: str, language: str, theme: str | None, words: str | None) -> None:
    filters = asked(text, language)

    assert (filters.theme, filters.text) == (theme, words)


def test_several_filters_at_once() -> None:
    filters = asked("Is there a CV workshop in Dutch next week, online?", "en")

    assert filters == Filters(
        begins=datetime(2026, 11, 30, tzinfo=BRUSSELS),
        ends=datetime(2026, 12, 6, 23, 59, 59, tzinfo=BRUSSELS),
        mode="online",
        languages=("nl",),
        text="cv",
    )
