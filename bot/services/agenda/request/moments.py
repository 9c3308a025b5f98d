"""Reads all that a request says about time: the grammar in each language, the longest findings kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.request.bound_rules import BOUND_RULES
from bot.services.agenda.request.clock_rules import CLOCK_RULES, PART_RULES
from bot.services.agenda.request.date_rules import DATE_RULES, LATER_DATE_RULES
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.grammar import rewrite
from bot.services.agenda.request.periods import Pieces, put_together
from bot.services.agenda.request.relative_rules import LATER_RELATIVE_RULES, RELATIVE_RULES
from bot.services.agenda.request.terms import BAD, DURATION, HOURS, NOTHING, PERIOD, Setting, Term, terms_of
from bot.services.agenda.request.tokens import Token

_RULES = (
    *RELATIVE_RULES,
    *DATE_RULES,
    *CLOCK_RULES,
    *LATER_DATE_RULES,
    *LATER_RELATIVE_RULES,
    *PART_RULES,
    *BOUND_RULES,
)
_KEPT = (PERIOD, HOURS, "WEEKDAY", "WEEKDAYS", BAD, DURATION, NOTHING)


@dataclass(frozen=True)
class Moments:
    """The filters about time, what could not be read, and which tokens said it."""

    filters: Filters
    not_understood: tuple[str, ...]
    used: frozenset[int]


def read_moments(tokens: tuple[Token, ...], original: str, language: str, now: datetime) -> Moments:
    """What the tokens of a text say about time; the person's language goes first where two find as much."""
    found: list[tuple[int, int, Term]] = []
    order = (language, *(other for other in LANGUAGES if other != language))
    for rank, code in enumerate(order):
        setting = Setting(code, now.date(), tokens, original)
        found += [(term.first - term.after, rank, term) for term in _read(setting)]
    kept: dict[int, Term] = {}
    taken: set[int] = set()
    for _, _, term in sorted(found, key=lambda entry: (entry[0], entry[1], entry[2].first)):
        places = range(term.first, term.after)
        if taken.isdisjoint(places):
            taken.update(places)
            kept[term.first] = term
    terms = [kept[first] for first in sorted(kept)]
    filters = put_together(_pieces(terms, now.date()), now)
    not_understood = tuple(term.value for term in terms if term.kind == BAD)
    return Moments(filters, not_understood, frozenset(taken))


def _read(setting: Setting) -> list[Term]:
    return [term for term in rewrite(terms_of(setting), _RULES, setting) if term.kind in _KEPT]


def _pieces(terms: list[Term], today: date) -> Pieces:
    return Pieces(
        periods=tuple(term.value for term in terms if term.kind == PERIOD),
        weekdays=tuple(tuple(map(int, term.value.split())) for term in terms if term.kind == "WEEKDAYS"),
        single_weekdays=tuple(int(term.value) for term in terms if term.kind == "WEEKDAY"),
        hours=tuple(term.value for term in terms if term.kind == HOURS),
    )
