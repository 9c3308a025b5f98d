"""Reads a request for activities, in whatever words, into filters. Called for every turn about activities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.agenda.request.facets import read_facets
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.moments import Moments, read_moments
from bot.services.agenda.request.sightings import Sightings
from bot.services.agenda.request.title_search import read_title_words
from bot.services.agenda.request.tokens import LONGEST, Token, tokens_of
from bot.services.agenda.request.words import FACETS, FOLLOW_UP, split_compounds

BRUSSELS = ZoneInfo("Europe/Brussels")


# Words of a follow-up that are never those of a title: "any language", "start over".
_NO_TITLE = ("any", "start_over", "more_info", "later", "earlier")


@dataclass(frozen=True)
class Reading:
    """A request as it was read: its filters, where they stand, and the words of a follow-up in it."""

    filters: Filters
    moments: Moments
    tokens: tuple[Token, ...]
    answers: Sightings


def read_request(text: str, language: str, now: datetime, vocabulary: Iterable[str] = ()) -> Filters:
    """The filters that a text asks for. `now` carries a time zone; `vocabulary` holds folded words of titles.

    Words of all three languages are read; where two read the same words, the person's language goes first.
    """
    return read(text, language, now, vocabulary).filters


def read(
    text: str, language: str, now: datetime, vocabulary: Iterable[str] = (), before: Filters | None = None
) -> Reading:
    """A request, or with the filters `before` it a follow-up, as it was read."""
    original = text[:LONGEST]
    tokens = split_compounds(tokens_of(original))
    moments = read_moments(tokens, original, language, now.astimezone(BRUSSELS), before)
    seen, answers = Sightings(tokens, language, FACETS), Sightings(tokens, language, FOLLOW_UP)
    facets = read_facets(tokens, seen, moments.used)
    said = {place for kind in answers.kinds if kind.startswith(_NO_TITLE) for place in answers.places(kind)}
    used = facets.used | moments.used | said
    title = read_title_words(tokens, used, seen, language, vocabulary)
    has_theme = facets.theme is not None and not (facets.is_weak_theme and title)
    pieces = [original[tokens[first].begins : tokens[after - 1].ends] for first, after in facets.not_read]
    filters = replace(
        moments.filters,
        mode=facets.mode,
        languages=facets.languages,
        theme=facets.theme if has_theme else None,
        audience=facets.audience,
        text=title,
        not_understood=(*moments.not_understood, *pieces),
    )
    return Reading(filters, moments, tokens, answers)
