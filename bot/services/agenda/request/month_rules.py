"""The rules for months, years and the weeks in them: "en mars", "eerste week van december", "week 50"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.agenda.request.calendar_days import (
    FORTNIGHT,
    LAST_YEAR,
    monday_of,
    month_period,
    year_period,
)
from bot.services.agenda.request.date_rules import day_period, year_of
from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.periods import (
    MONTH,
    RANGE,
    WEEK,
    WEEKEND,
    Period,
    next_weekday,
)
from bot.services.agenda.request.terms import PERIOD, Term

_MONTH = "(?P<month>MONTH)DOT?"
_YEAR = "(COMMA?(?P<year>NUM))?"
_OF = "(OF|THE|MONTH_OF|IN|IN_TIME)*"
_BESIDE_MONTH = (
    "(?<=[IN IN_TIME MONTH_OF START MIDDLE END HALF_CLOCK THIS FROM UNTIL BEFORE AFTER BETWEEN BY OF LAST])"
)


def _doubtful_month(found: Found) -> Term | None:
    if found.before is not None and found.before.kind == "NUMBER" and found.before.value == "1":
        return None  # "un Mars" is a sweet
    return found.make("MONTH", found.terms[0].value)


def _month_by_name(found: Found) -> Term | None:
    """ "De maand januari", "the month of May"."""
    return found.make("MONTH", found.value("month")) if found.value("unit") == MONTH else None


def _month(found: Found) -> Term | None:
    month, today = found.figure("month"), found.setting.today
    if found.has("year"):
        year, is_wrong = year_of(found)
        if is_wrong or year is None:
            return None
        return found.make(PERIOD, month_period(year, month))
    year = today.year + (month < today.month)
    if found.has("next") and month == today.month:
        year += 1
    return found.make(PERIOD, month_period(year, month))


def _week_of_month(found: Found) -> Term | None:
    month = found.figure("month")
    year, is_wrong = year_of(found)
    if is_wrong:
        return None
    today = found.setting.today
    return part_of_month(found, month_period(year or today.year + (month < today.month), month))


def part_of_month(found: Found, whole: Period) -> Term | None:
    """ "The last week of", "le premier lundi de": one week, fortnight, weekend or weekday of a month."""
    first, last = whole.days
    if found.has("weekday"):
        return _weekday_of_month(found, whole)
    if found.has("final"):
        return found.make(PERIOD, Period(last - timedelta(days=6), last, RANGE, is_named=True))
    begins = first + timedelta(weeks=(found.number("which") or 1) - 1)
    if found.value("unit") == FORTNIGHT:
        middle = first + timedelta(days=15)
        half = (first, middle - timedelta(days=1)) if found.figure("which") == 1 else (middle, last)
        return found.make(PERIOD, Period(*half, RANGE, is_named=True))
    if found.value("unit").startswith(WEEKEND):
        saturday = next_weekday(5, begins - timedelta(days=1))
        return found.make(PERIOD, Period(saturday, saturday + timedelta(days=1), WEEKEND, is_named=True))
    if begins > last:
        return found.bad()
    return found.make(PERIOD, Period(begins, min(last, begins + timedelta(days=6)), RANGE, is_named=True))


def _weekday_of_month(found: Found, whole: Period) -> Term | None:
    weekday = found.figure("weekday")
    first, last = whole.days
    if found.has("final"):
        day = next_weekday(weekday, last - timedelta(days=7))
    else:
        day = next_weekday(weekday, first - timedelta(days=1))
        day += timedelta(weeks=(found.number("which") or 1) - 1)
    return day_period(day if first <= day <= last else None, found)


def _year(found: Found) -> Term | None:
    year = found.figure("year")
    return found.make(PERIOD, year_period(year)) if 2020 <= year <= LAST_YEAR else None


def _numbered_week(found: Found) -> Term | None:
    week, today = found.figure("week"), found.setting.today
    if found.value("unit") != WEEK or not 1 <= week <= 53:
        return None
    for year in (found.number("year") or today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError:
            continue
        if monday >= monday_of(today) or found.has("year"):
            return found.make(PERIOD, Period(monday, monday + timedelta(days=6), WEEK, is_named=True))
    return None


def _sept(found: Found) -> Term | None:
    return found.make("NUMBER", "7")


# Before the days are read: which of the doubtful words are months.
MONTH_NAME_RULES = (
    Rule("(?<=[NUM ORD NUMBER ORDINAL])DOT?(?P<month>SEPT)", lambda found: found.make("MONTH", "9")),
    Rule("(?<=[IN IN_TIME MONTH_OF START MIDDLE END])SEPT", lambda found: found.make("MONTH", "9")),
    Rule("SEPT", _sept),
    Rule("(?P<unit>UNIT)OF?(?P<month>MONTH|MONTH_DOUBTFUL)", _month_by_name),
    Rule("(?<=[NUM ORD NUMBER ORDINAL])(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=[NUM ORD NUMBER ORDINAL][OF THE DOT])(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?P<month>MONTH_DOUBTFUL)(?=DOT?THE?[NUM ORD])", _doubtful_month),
    Rule("(?P<month>MONTH_DOUBTFUL)(?=NEXT|(OF|THE|IN|IN_TIME)*PERIOD)", _doubtful_month),
    Rule(f"{_BESIDE_MONTH}(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=[DASH THE])(?<=[MIDDLE START END HALF_CLOCK].)(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=NEXT)(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=MONTH[TO UNTIL DASH AND OR])(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
)

WEEK_RULES = (
    Rule(
        f"(THE|ON)*((?P<final>LAST)|(?P<which>ORDINAL|ORD))((?P<unit>UNIT)|(?P<weekday>WEEKDAY)){_OF}{_MONTH}{_YEAR}",
        _week_of_month,
    ),
    Rule("(?P<unit>UNIT)(?P<week>NUM)(?!UNIT|HOUR|WORD)", _numbered_week),
)

# After the days are read, of which months are parts.
MONTH_RULES = (
    Rule(f"(?P<next>NEXT)?(THIS|MONTH_OF|THE)*{_MONTH}(?P<next_after>NEXT)?COMMA?(?P<year>NUM)(?!HOUR)", _month),
    Rule(f"(?P<next>NEXT)?(THIS|MONTH_OF)?{_MONTH}NEXT?", _month),
    Rule(
        "(?<=[IN IN_TIME ON FROM UNTIL BEFORE AFTER BY START END MIDDLE OF THE])(?P<year>NUM)(?![UNIT WORD])", _year
    ),
    Rule("YEAR_WORD(?P<year>NUM)", _year),
)
