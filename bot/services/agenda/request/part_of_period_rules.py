"""The rules for parts of periods: "fin décembre", "begin volgende week", "the week of 7 December"."""

from __future__ import annotations

from datetime import timedelta

from bot.services.agenda.request.calendar_days import (
    FORTNIGHT,
    days_later,
    monday_of,
    part_of,
    unit_period,
)
from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.month_rules import part_of_month
from bot.services.agenda.request.periods import (
    BOUND,
    DAY,
    MONTH,
    OPEN,
    RANGE,
    WEEK,
    WEEKEND,
    YEAR,
    Period,
)
from bot.services.agenda.request.relative_rules import FEW, UNITS, within
from bot.services.agenda.request.terms import DURATION, PERIOD, Term


def _part_of_period(found: Found) -> Term | None:
    period: Period = found.value("period")
    if period.grain not in (WEEK, MONTH, YEAR) or not period.begins or not period.ends:
        return None
    return found.make(PERIOD, part_of(period, found.value("part")))


def _part_of_unit(found: Found) -> Term | None:
    unit, today = found.value("unit"), found.setting.today
    if unit not in (WEEK, MONTH, YEAR):
        return None
    part = found.value("part")
    period = part_of(unit_period(unit, 0, today), part)
    if period.ends and period.ends < today:
        period = part_of(unit_period(unit, 1, today), part)
    return found.make(PERIOD, period)


def _part_of_month(found: Found) -> Term | None:
    if found.value("month") not in (None, MONTH):
        return None
    period: Period = found.value("period") or unit_period(MONTH, 0, found.setting.today)
    return part_of_month(found, period) if period.grain == MONTH else None


def _until_the_end(found: Found) -> Term | None:
    """ "Before the end of the year": its last day is meant too."""
    period: Period | None = found.value("period")
    if period is None:
        if found.value("unit") not in UNITS:
            return None
        period = unit_period(found.value("unit"), 0, found.setting.today)
    return None if period.ends is None else found.make(PERIOD, Period(None, period.ends, BOUND, is_named=True))


def _rest(found: Found) -> Term | None:
    period = found.value("period")
    if period is None:
        if found.value("unit") not in FEW:
            return None
        period = unit_period(found.value("unit"), 0, found.setting.today)
    return found.make(PERIOD, Period(period.begins, period.ends, RANGE))


def _week_of_day(found: Found) -> Term | None:
    period, unit = found.value("period"), found.value("unit")
    if period.grain == RANGE and period.is_named and unit in (WEEK, WEEKEND):
        return found.make(PERIOD, period)  # "la semaine du 7 au 11 décembre"
    if period.grain != DAY or unit not in (WEEK, WEEKEND) or not period.begins:
        return None
    monday = monday_of(period.begins)
    if unit == WEEK:
        return found.make(PERIOD, Period(monday, monday + timedelta(days=6), WEEK, is_named=True))
    return found.make(PERIOD, Period(monday + timedelta(days=5), monday + timedelta(days=6), WEEKEND, is_named=True))


def _weekday_in_week(found: Found) -> Term | None:
    weekday, period = found.figure("weekday"), found.value("period")
    if period.grain != WEEK or not period.begins:
        return None
    day = period.begins + timedelta(days=weekday)
    return found.make(PERIOD, Period(day, day, DAY, is_named=True))


def _soon(found: Found) -> Term | None:
    return found.make(PERIOD, Period(None, None, OPEN))


def _of_this(found: Found) -> Term | None:
    """ "Les activités du mois", "the workshops of the week"."""
    unit, word = found.value("unit"), found.before and found.before.kind
    if (
        unit not in (WEEK, MONTH)
        or word != "WORD"
        or (len(found.terms) < 3 and found.setting.words(found.terms[0])[0] != "du")
    ):
        return None
    return found.make(PERIOD, unit_period(unit, 0, found.setting.today))


def _fortnight(found: Found) -> Term | None:
    if found.value("unit") != FORTNIGHT:
        return None
    return found.make(PERIOD, Period(None, days_later(1, FORTNIGHT, found.setting.today), RANGE))


def _half_of_period(found: Found) -> Term | None:
    period: Period = found.value("period")
    if period.grain != MONTH:
        return None
    return found.make(PERIOD, part_of(period, "middle"))


def _bare_weekend(found: Found) -> Term | None:
    if found.value("unit") != WEEKEND:
        return None
    return found.make(PERIOD, unit_period(WEEKEND, 0, found.setting.today))


_UNIT = "(?P<unit>UNIT)"
_WHICH = "((?P<final>LAST)|(?P<which>ORDINAL|ORD))"
_PERIOD = "(?P<period>PERIOD)"
_PART = "(?P<part>START|MIDDLE|END)"
_OF = "(OF|THE|THIS|IN|IN_TIME|ON)*"

# After the dates, of which these make use.
PART_OF_PERIOD_RULES = (
    Rule(f"(BEFORE|BY|UNTIL)(THE)?END{_OF}({_PERIOD}|{_UNIT})", _until_the_end),
    Rule(f"{_PART}DASH?{_OF}{_PERIOD}", _part_of_period),
    Rule(f"(?P<part>HALF_CLOCK)DASH?{_OF}{_PERIOD}", _half_of_period),
    Rule(f"{_PART}DASH?{_OF}{_UNIT}(?!NUM)", _part_of_unit),
    Rule(f"REST{_OF}({_PERIOD}|{_UNIT})", _rest),
    Rule(f"(THE|ON)*{_WHICH}({_UNIT}|(?P<weekday>WEEKDAY)){_OF}({_PERIOD}|(?P<month>UNIT))", _part_of_month),
    Rule(f"{_UNIT}(OF|THE|FROM|ON|AFTER)*{_PERIOD}", _week_of_day),
    Rule(f"(IN_TIME|WITHIN)(THE){_UNIT}(?!NEXT|NUM)", within),
    Rule("(?P<unit>UNIT)", _fortnight),
    Rule(f"{_PERIOD}(COMMA|THE|ON|OF)*(?P<weekday>WEEKDAY)", _weekday_in_week),
    Rule(f"(?P<weekday>WEEKDAY)(COMMA|THE|ON|OF|IN|IN_TIME)*{_PERIOD}", _weekday_in_week),
    Rule("(IN|THE|THIS|ON)*(?P<unit>(?<=[IN THE THIS ON])UNIT)(?![OF NUM WORD])", _bare_weekend),
    Rule("(?P<unit>UNIT)", _bare_weekend),
    Rule("OF(THE)?(?P<unit>UNIT)", _of_this),
    Rule("(NUM|NUMBER)OF?UNIT", lambda found: found.make(DURATION, None)),
    Rule("SOON", _soon),
    Rule("NEXT(?=WORD)", _soon),
)
