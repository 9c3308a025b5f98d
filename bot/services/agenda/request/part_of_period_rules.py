"""The rules for parts of periods: "fin décembre", "begin volgende week", "the week of 7 December"."""

from __future__ import annotations

from datetime import timedelta

from bot.services.agenda.request.calendar_days import (
    FORTNIGHT,
    days_later,
    monday_of,
    month_period,
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
from bot.services.agenda.request.relative_rules import FEW, UNITS, beside, within
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
    if period.grain != MONTH:
        return None
    made = part_of_month(found, period)
    if made is not None and made.kind == PERIOD and found.has("month") and made.value.ends < found.setting.today:
        return part_of_month(found, unit_period(MONTH, 1, found.setting.today))
    return made


def _until_the_end(found: Found) -> Term | None:
    """ "Before the end of the year": its last day is meant too."""
    period: Period | None = found.value("period")
    if period is None:
        if found.value("unit") not in UNITS:
            return None
        period = unit_period(found.value("unit"), 0, found.setting.today)
    return None if period.ends is None else found.make(PERIOD, Period(None, period.ends, BOUND, is_named=True))


def _half(found: Found) -> Term | None:
    """ "The first half of December", "eerste helft van januari"."""
    period: Period = found.value("period")
    which = found.figure("which")
    if period.grain not in (MONTH, YEAR) or which not in (1, 2):
        return None
    first, last = period.days
    middle = first + timedelta(days=15) if period.grain == MONTH else first.replace(month=7)
    days = (first, middle - timedelta(days=1)) if which == 1 else (middle, last)
    return found.make(PERIOD, Period(*days, RANGE, is_named=True))


def _before_or_after_day(found: Found) -> Term | None:
    """ "The week before Christmas", "de dag na kerst"."""
    period, unit = found.value("period"), found.value("unit")
    if period.grain != DAY or not period.is_named or unit not in (DAY, WEEK, WEEKEND):
        return None
    day, _ = period.days
    made = beside(unit, day, found.has("after"))
    return found.bad() if made.days[1] < found.setting.today else found.make(PERIOD, made)


def _month_of_year(found: Found) -> Term | None:
    """ "March next year": the month takes its year from the period after it."""
    month, year = found.value("first"), found.value("last")
    if month.grain != MONTH or year.grain != YEAR or not month.is_named:
        return None
    return found.make(PERIOD, month_period(year.days[0].year, month.days[0].month))


def _rest(found: Found) -> Term | None:
    period = found.value("period")
    if period is None:
        if found.value("unit") not in FEW:
            return None
        period = unit_period(found.value("unit"), 0, found.setting.today)
    return found.make(PERIOD, Period(period.begins, period.ends, RANGE))


def _week_of_day(found: Found) -> Term | None:
    period, unit = found.value("period"), found.value("unit")
    if found.has("week"):  # "le we du 20 février"
        week: Period = found.value("week")
        unit = None if week.is_named or not period.is_named else week.grain
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
    if unit not in (WEEK, MONTH) or word != "WORD" or (len(found.terms) < 3 and found.terms[0].value != "day"):
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
    Rule("(?P<first>PERIOD)(OF|THE|IN|IN_TIME|COMMA)*(?P<last>PERIOD)", _month_of_year),
    Rule(f"(?P<week>PERIOD)OF(THE)?{_PERIOD}", _week_of_day),
    Rule(f"(THE|IN|ON)*(?P<which>ORDINAL|ORD)(HALF_CLOCK|MIDDLE){_OF}{_PERIOD}", _half),
    Rule(f"(THE|IN|ON)*{_UNIT}(BEFORE|(?P<after>AFTER))(THE)?{_PERIOD}", _before_or_after_day),
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
    Rule(f"{_PERIOD}(?P<weekday>WEEKDAY_SHORT)(?!WORD)", _weekday_in_week, only=("nl", "en")),
    Rule(f"(?P<weekday>WEEKDAY)(COMMA|THE|ON|OF|IN|IN_TIME)*{_PERIOD}", _weekday_in_week),
    Rule("(IN|THE|THIS|ON)*(?P<unit>(?<=[IN THE THIS ON])UNIT)(?![OF NUM WORD])", _bare_weekend),
    Rule("(?P<unit>UNIT)", _bare_weekend),
    Rule("OF(THE)?(?P<unit>UNIT)", _of_this),
    Rule("(NUM|NUMBER)OF?UNIT", lambda found: found.make(DURATION, None)),
    Rule("SOON", _soon),
    Rule("NEXT(?=WORD)", _soon),
)
