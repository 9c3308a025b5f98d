"""The rules that bound or exclude periods: "after", "jusqu'au", "van ... tot ...", "pas le lundi"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from bot.services.agenda.request.calendar_days import LAST_YEAR, unit_period
from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.periods import (
    BOUND,
    DAY,
    MONTH,
    OPEN,
    RANGE,
    WEEK,
    WEEKEND,
    YEAR,
    Hours,
    Period,
    hull,
    next_weekday,
)
from bot.services.agenda.request.terms import HOURS, NOTHING, PERIOD, Setting, Term

_HALF_A_YEAR = 183


def _period_of(term: Term, setting: Setting, after: date | None = None) -> Period:
    """The period of a term; a bare weekday is the next one, or the first from `after` on."""
    if term.kind == PERIOD:
        period: Period = term.value
        return period
    day = next_weekday(int(term.value), after - timedelta(days=1) if after else setting.today)
    return Period(day, day, DAY, is_named=True)


def _range(found: Found) -> Term | None:
    first_term, last_term = found.piece("first"), found.piece("last")
    first = _period_of(first_term, found.setting)
    last = _period_of(last_term, found.setting, first.begins)
    if OPEN in (first.grain, last.grain) and first.ends is None and last.ends is None:
        return None
    if first.begins and last.ends and first.begins > last.ends:
        first, last = _in_order(first, last, found.setting.today)
    is_list = found.terms[0].kind != "BETWEEN" and found.has("listed")
    joined = hull(replace(first, ends=last.ends), last) if first.ends is None else hull(first, last)
    hours = first.hours or last.hours
    return found.make(PERIOD, replace(joined, hours=hours, weekdays=_listed(first, last) if is_list else ()))


def _listed(first: Period, last: Period) -> tuple[int, ...]:
    """ "Mardi ou jeudi": the days of the week that are meant, when there are others between them."""
    if last.grain != DAY or first.begins is None or last.begins is None or (last.begins - first.begins).days > 6:
        return ()
    if first.grain != DAY and not first.weekdays and first.grain != RANGE:
        return ()
    days = set(first.weekdays) or {(first.begins + timedelta(days=day)).weekday() for day in range(_length(first))}
    days.add(last.begins.weekday())
    return tuple(sorted(days)) if (last.begins - first.begins).days + 1 > len(days) else ()


def _length(period: Period) -> int:
    first, last = period.days
    return (last - first).days + 1


def _in_order(first: Period, last: Period, today: date) -> tuple[Period, Period]:
    """ "From 20 November to 5 December", said on the 23rd, is running; "from May to March" ends a year later."""
    if last.ends and last.ends < today:  # "from April to June 2021"
        return _years_on(first, last.ends.year - first.days[0].year), last
    earlier = _years_on(first, -1)
    begins, _ = earlier.days
    _, ends = last.days
    if ends >= today and (ends - begins).days < _HALF_A_YEAR:
        return earlier, last
    return first, _years_on(last, 1)


def _years_on(period: Period, years: int) -> Period:
    def moved(day: date | None) -> date | None:
        if day is None:
            return None
        year = min(LAST_YEAR, day.year + years)
        return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)

    return replace(period, begins=moved(period.begins), ends=moved(period.ends))


def _after(found: Found) -> Term | None:
    period = _period_of(found.terms[-1], found.setting)
    if period.ends is None:
        return None
    return found.make(PERIOD, Period(period.ends + timedelta(days=1), None, BOUND, is_named=True))


def _from(found: Found) -> Term | None:
    period = _period_of(found.term("period") or found.terms[-1], found.setting)
    return found.make(PERIOD, Period(period.begins, None, BOUND, period.hours, is_named=True))


def _until(found: Found) -> Term | None:
    period = _period_of(found.terms[-1], found.setting)
    return None if period.ends is None else found.make(PERIOD, Period(None, period.ends, BOUND, is_named=True))


def _before(found: Found) -> Term | None:
    period = _period_of(found.terms[-1], found.setting)
    setting, preposition = found.setting, found.terms[0]
    if period.begins is None:
        return None
    said = setting.said(preposition.first, preposition.after).casefold()
    if setting.language == "nl" and said == "voor" and not period.is_named:
        return found.make(PERIOD, period)  # "iets voor volgende week"
    if period.hours is not None and period.hours.earliest is not None:  # "before tonight"
        latest = Hours(None, period.hours.earliest)
        return found.make(PERIOD, replace(period, begins=None, grain=BOUND, hours=latest))
    ends = period.begins - timedelta(days=1)
    return found.bad() if ends < setting.today else found.make(PERIOD, Period(None, ends, BOUND, is_named=True))


def _around(found: Found) -> Term | None:
    period = _period_of(found.terms[-1], found.setting)
    if period.grain != DAY or not period.begins or not period.ends:
        return found.make(PERIOD, period)
    begins = max(found.setting.today, period.begins - timedelta(days=3))
    return found.make(PERIOD, Period(begins, max(begins, period.ends + timedelta(days=3)), RANGE, is_named=True))


def _all_other_days(found: Found) -> Term | None:
    """ "Sauf le lundi", "niet in het weekend": the other days of the week."""
    last = found.terms[-1]
    if last.kind == PERIOD:
        if last.value.grain != WEEKEND or last.value.is_named:
            return None
        excluded = {5, 6}
    else:
        days = [term for term in found.terms if term.kind in ("WEEKDAY", "WEEKDAYS")]
        excluded = {int(day) for term in days for day in term.value.split() if day.isdigit()}
    return found.make("WEEKDAYS", " ".join(f"-{day}" for day in sorted(excluded)))


def _other_side_of_hours(found: Found) -> Term | None:
    """ "Pas après 17 h" is until then, "not before 10" from then on."""
    hours: Hours = found.value("hours")
    if hours.latest is None and hours.earliest is not None:
        return found.make(HOURS, Hours(None, hours.earliest))
    if hours.earliest is None and hours.latest is not None:
        minutes = min(1439, hours.latest.hour * 60 + hours.latest.minute + 1)
        return found.make(HOURS, Hours(time(minutes // 60, minutes % 60), None))
    return found.bad()


def _and_the_next(found: Found) -> Term | None:
    """ "This week or the next"."""
    period: Period = found.value("period")
    if period.grain not in (DAY, WEEK, WEEKEND, MONTH, YEAR) or period.is_named:
        return None
    return found.make(PERIOD, hull(period, unit_period(period.grain, 1, found.setting.today)))


def _excluded(found: Found) -> Term | None:
    last = found.terms[-1]
    return None if last.kind == PERIOD and last.value.grain == OPEN else found.bad()


def _past(found: Found) -> Term | None:
    """ "Depuis lundi", "since May": how long something lasts, no wish."""
    return found.make(NOTHING, None)


_X = "(PERIOD|WEEKDAY)"
_TO = "(COMMA?(TO|UNTIL|DASH|BY|BEFORE|(?P<listed>AND|OR)))"
_SMALL = "(OF|THE|ON|IN|IN_TIME|MONTH_OF|TO|AT)*"

BOUND_RULES = (
    Rule(f"NOT{_SMALL}WEEKDAY(COMMA?(OR|AND|NOT|COMMA){_SMALL}WEEKDAY)*", _all_other_days),
    Rule(f"SINCE{_SMALL}(PERIOD|WEEKDAY|HOURS|DURATION)", _past),
    Rule("LAST(PART|HOURS)", _past),
    Rule(f"(?P<first>{_X})(?P<listed>COMMA){_SMALL}(?P<last>WEEKDAY)", _range),
    Rule(f"(FROM|OF|BETWEEN)?{_SMALL}(?P<first>{_X}){_TO}{_SMALL}(?P<last>{_X})", _range),
    Rule(f"{_SMALL}(?P<first>PERIOD){_TO}{_SMALL}(?P<last>{_X})", _range),
    Rule("(?P<period>PERIOD)(?P<listed>OR|AND)THE?NEXT(?!UNIT)", _and_the_next),
    Rule(f"NOT BEFORE{_SMALL}(?P<period>{_X})", _from),
    Rule(f"NOT AFTER{_SMALL}{_X}", _until),
    Rule("NOT(?P<hours>HOURS)", _other_side_of_hours),
    Rule(f"NOT(EVERY|{_SMALL})*(WEEKDAY|WEEKDAYS|PERIOD)", _all_other_days),
    Rule(f"(NOT)(EVERY)?{_SMALL}(PERIOD|WEEKDAY|WEEKDAYS|HOURS|SEASON)", _excluded),
    Rule(f"AFTER{_SMALL}{_X}", _after),
    Rule(f"FROM{_SMALL}(?P<period>{_X})", _from),
    Rule(f"(UNTIL|BY){_SMALL}{_X}", _until),
    Rule(f"BEFORE{_SMALL}{_X}", _before),
    Rule(f"AROUND{_SMALL}{_X}", _around),
    Rule("EVERY_OTHER", _excluded),
)
