"""Reads all that a request says about time: the grammar in each language, the longest findings kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.request.bound_rules import BOUND_RULES
from bot.services.agenda.request.clock_rules import CLOCK_RULES
from bot.services.agenda.request.date_rules import DATE_RULES, LATER_DATE_RULES
from bot.services.agenda.request.feast_rules import FEAST_RULES
from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.grammar import rewrite
from bot.services.agenda.request.month_rules import MONTH_NAME_RULES, MONTH_RULES, WEEK_RULES
from bot.services.agenda.request.part_of_day_rules import PART_RULES, PARTS
from bot.services.agenda.request.part_of_period_rules import PART_OF_PERIOD_RULES
from bot.services.agenda.request.periods import OPEN, WEEK, Hours, Period, Pieces, put_together
from bot.services.agenda.request.relative_rules import RELATIVE_RULES
from bot.services.agenda.request.terms import BAD, DURATION, HOURS, NOTHING, PERIOD, Setting, Term, terms_of
from bot.services.agenda.request.tokens import Token

# In this order: what is read first is not read in another way later.
RULES = (
    *RELATIVE_RULES,
    *FEAST_RULES,
    *MONTH_NAME_RULES,
    *DATE_RULES,
    *WEEK_RULES,
    *CLOCK_RULES,
    *LATER_DATE_RULES,
    *MONTH_RULES,
    *PART_OF_PERIOD_RULES,
    *PART_RULES,
    *BOUND_RULES,
)
# So many tokens may stand between hours that belong together ("le matin, mais après 9 h").
_TOGETHER = 4
_KEPT = (PERIOD, HOURS, "WEEKDAY", "WEEKDAYS", "OTHER_DAYS", "INSTEAD", BAD, DURATION, NOTHING)


@dataclass(frozen=True)
class Moments:
    """The filters about time, what could not be read, and which tokens said it."""

    filters: Filters
    has_period: bool
    not_understood: tuple[str, ...]
    used: frozenset[int]


def read_moments(
    tokens: tuple[Token, ...], original: str, language: str, now: datetime, before: Filters | None = None
) -> Moments:
    """What the tokens of a text say about time; the person's language goes first where two find as much.

    With `before`, a weekday alone is the one in the week that was asked for before.
    """
    anchor = before.begins.date() if before and before.begins else now.date()
    found: list[tuple[int, int, Term]] = []
    order = (language, *(other for other in LANGUAGES if other != language))
    for rank, code in enumerate(order):
        setting = Setting(code, now.date(), tokens, original, anchor, is_own=code == language)
        found += [(term.first - term.after, rank, term) for term in _read(setting)]
    kept: dict[int, Term] = {}
    taken: set[int] = set()
    for _, _, term in sorted(found, key=lambda entry: (entry[0], entry[1], entry[2].first)):
        places = range(term.first, term.after)
        if taken.isdisjoint(places):
            kept[term.first] = term
            taken.update(places)
    terms = [kept[first] for first in sorted(kept)]
    pieces = _pieces(terms)
    if pieces.single_weekdays and not pieces.periods and before is not None:
        pieces = replace(pieces, periods=_week_before(before))
    has_period = bool(pieces.single_weekdays) or any(period.grain != OPEN for period in pieces.periods)
    not_understood = tuple(term.value for term in terms if term.kind == BAD)
    return Moments(put_together(pieces, now), has_period, not_understood, frozenset(taken))


def _week_before(before: Filters) -> tuple[Period, ...]:
    if before.begins is None or before.ends is None:
        return ()
    first, last = before.begins.date(), before.ends.date()
    return (Period(first, last, WEEK),) if 0 < (last - first).days < 7 else ()


def _read(setting: Setting) -> list[Term]:
    return [term for term in rewrite(terms_of(setting), RULES, setting) if term.kind in _KEPT]


def _pieces(terms: list[Term]) -> Pieces:
    said = [value for term in terms if term.kind == "WEEKDAYS" for value in term.value.split()]
    weekdays = {int(day) for day in said if day.isdigit()}
    excluded = {int(day[1:]) for day in said if day.startswith("-")}
    if excluded:
        weekdays = (weekdays or set(range(7))) - excluded
    for term in terms:
        if term.kind == PERIOD:
            weekdays.update(term.value.weekdays)
    single = tuple(int(term.value) for term in terms if term.kind == "WEEKDAY")
    if any(term.kind == "OTHER_DAYS" for term in terms):  # "le jeudi je ne peux pas, et les autres jours ?"
        weekdays, single = set(range(7)) - weekdays - set(single), ()
    periods = [term for term in terms if term.kind == PERIOD]
    return Pieces(
        periods=tuple(term.value for term in periods),
        far=frozenset(
            place + 1 for place, (one, other) in enumerate(pairwise(periods)) if other.first - one.after > _TOGETHER
        ),
        weekdays=tuple(sorted(weekdays)) if len(weekdays) < 7 else (),
        single_weekdays=single,
        hours=_hours(terms),
    )


def _hours(terms: list[Term]) -> Hours | None:
    """Hours that stand together are joined; of those that stand apart the last are meant."""
    joined: Hours | None = None
    end = 0
    for term in terms:
        if term.kind == "INSTEAD":
            joined = None
        hours = _hours_of(term)
        if hours is None:
            continue
        joined = hours if joined is None or term.first - end > _TOGETHER else joined.joined(hours)
        end = term.after
    return joined


def _hours_of(term: Term) -> Hours | None:
    if term.kind == HOURS:
        hours: Hours = term.value
        return hours
    if term.kind == PERIOD:
        period: Period = term.value
        return period.hours
    parts = [part for part in term.value.split() if part in PARTS] if term.kind == "WEEKDAYS" else []
    return PARTS[parts[0]] if parts else None
