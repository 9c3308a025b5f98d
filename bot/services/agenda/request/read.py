"""Reads a request for activities, in whatever words, into filters. Called for every turn about activities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.agenda.request.facets import read_facets
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.moments import read_moments
from bot.services.agenda.request.sightings import Sightings
from bot.services.agenda.request.title_search import read_title_words
from bot.services.agenda.request.tokens import LONGEST, tokens_of
from bot.services.agenda.request.words import FACETS, split_compounds

BRUSSELS = ZoneInfo("Europe/Brussels")


def read_request(text: str, language: str, now: datetime, vocabulary: Iterable[str] = ()) -> Filters:
    """The filters that a text asks for. `now` carries a time zone; `vocabulary` holds folded words of titles.

    Words of all three languages are read; where two read the same words, the person's language goes first.
    """
    local = now.astimezone(BRUSSELS)
    original = text[:LONGEST]
    tokens = split_compounds(tokens_of(original))
    moments = read_moments(tokens, original, language, local)
    seen = Sightings(tokens, language, FACETS)
    facets = read_facets(tokens, seen)
    used = facets.used | moments.used
    title = read_title_words(tokens, used, seen, language, vocabulary)
    has_theme = facets.theme is not None and not (facets.is_weak_theme and title)
    pieces = [(first, original[tokens[first].begins : tokens[after - 1].ends]) for first, after in facets.not_read]
    return replace(
        moments.filters,
        mode=facets.mode,
        languages=facets.languages,
        theme=facets.theme if has_theme else None,
        audience=facets.audience,
        text=title,
        not_understood=(*moments.not_understood, *(piece for _, piece in pieces)),
    )
