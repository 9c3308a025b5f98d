"""Reads a request for activities, in whatever words, into filters. Called for every turn about activities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.moments import read_moments
from bot.services.agenda.request.tokens import LONGEST, tokens_of
from bot.services.agenda.request.words import split_compounds

BRUSSELS = ZoneInfo("Europe/Brussels")


def read_request(text: str, language: str, now: datetime, vocabulary: Iterable[str] = ()) -> Filters:
    """The filters that a text asks for. `now` carries a time zone; `vocabulary` holds folded words of titles.

    Words of all three languages are read; where two read the same words, the person's language goes first.
    """
    local = now.astimezone(BRUSSELS)
    original = text[:LONGEST]
    tokens = split_compounds(tokens_of(original))
    moments = read_moments(tokens, original, language, local)
    return replace(moments.filters, not_understood=moments.not_understood)
