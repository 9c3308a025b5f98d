"""The rules for dates: `14/12`, "le 1er décembre", "van 7 tot 11 december". Day before month everywhere."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.agenda.request.calendar_days import (
    FORTNIGHT,
    LAST_YEAR,
    add_months,
    day_or_none,
    monday_of,
    month_period,
    next_date,
    next_day_of_month,
    year_period,
)
from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.periods import DAY, MONTH, RANGE, WEEK, WEEKEND, Period, next_weekday
from bot.services.agenda.request.terms import PERIOD, WORD, Term

# A day's number, a month by name, what may stand before and between them.
_DAY = "(NUM|ORD|NUMBER|ORDINAL)"
_MONTH = "(?P<month>MONTH)DOT?"
_YEAR = "(COMMA?(?P<year>NUM))?"
_WEEKDAY = "((WEEKDAY|WEEKDAY_SHORT|WEEKDAY_LETTERS)DOT?COMMA?)?"
_TO = "(TO|UNTIL|DASH|AND|OR|BY)"
_OF = "(OF|THE|MONTH_OF|IN|IN_TIME)*"
_NO_UNIT = "(?![UNIT HOUR AM PM COLON HALF_AFTER])"


def _day(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is None:
        return next_date(day, month, today)
    return day_or_none(year, month, day)


def _whole_year(year: int) -> int:
    return 2000 + year if year < 100 else year


def day_period(day: date | None, found: Found) -> Term:
    """The term of one day, or of an impossible one."""
    return found.bad() if day is None else found.make(PERIOD, Period(day, day, DAY, is_named=True))


def _year_of(found: Found) -> tuple[int | None, bool]:
    """The year that stands with a date, and whether the figure cannot be one."""
    year = found.number("year")
    if year is None:
        return None, False
    return _whole_year(year), not (1900 <= year <= LAST_YEAR)


def _iso(found: Found) -> Term | None:
    year, month, day = (found.figure(name) for name in ("year", "month", "day"))
    return day_period(day_or_none(year, month, day), found) if year >= 1900 else None


def _numeric(found: Found) -> Term | None:
    day, month = found.figure("day"), found.figure("month")
    if found.setting.is_glued(found.terms[1]) != found.setting.is_glued(found.terms[2]):
        return None
    if not found.has("year"):
        return _short_numeric(found, day, month)
    year = _whole_year(found.number("year") or 0)
    return day_period(day_or_none(year, month, day), found)


def _short_numeric(found: Found, day: int, month: int) -> Term | None:
    sign, setting = found.terms[1].kind, found.setting
    if sign != "SLASH" and not setting.is_glued(found.terms[1]):
        return None
    if not 1 <= day <= 39 or not 1 <= month <= 19 or (sign == "DASH" and month > 12):
        return None
    if sign == "DASH" and found.following is not None and found.following.kind in ("UNIT", WORD):
        return None
    day_found = next_date(day, month, setting.today)
    if sign == "DOT":
        if day_found is None and day <= 23:  # 14.30 is an hour, 31.02 is no date
            return None
        if len(setting.words(found.terms[2])[0]) < 2:
            return None
    return day_period(day_found, found)


def _named(found: Found) -> Term | None:
    day, month = found.figure("day"), found.figure("month")
    if found.value("day") == "1" and found.piece("day").kind == "NUMBER":
        return None
    year, is_wrong = _year_of(found)
    if is_wrong or day >= 1900:  # "May 2027" is a month
        return None
    return day_period(_day(day, month, year, found.setting.today), found)


def _named_range(found: Found) -> Term | None:
    first, last, month = found.figure("first"), found.figure("last"), found.figure("month")
    year, is_wrong = _year_of(found)
    if is_wrong:
        return None
    today = found.setting.today
    ends = _day(last, month, year, today)
    if ends is None:
        return found.bad()
    previous = add_months(ends.replace(day=1), -1 if first > last else 0)
    begins = day_or_none(previous.year, previous.month, first)
    return found.bad() if begins is None else found.make(PERIOD, Period(begins, ends, RANGE, is_named=True))


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
        year, is_wrong = _year_of(found)
        if is_wrong or year is None:
            return None
        return found.make(PERIOD, month_period(year, month))
    year = today.year + (month < today.month)
    if found.has("next") and month == today.month:
        year += 1
    return found.make(PERIOD, month_period(year, month))


def _week_of_month(found: Found) -> Term | None:
    month = found.figure("month")
    year, is_wrong = _year_of(found)
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


def _number_of_day(found: Found) -> Term | None:
    number, weekday = found.figure("day"), found.number("weekday")
    if found.has("the") and found.value("the") != "day":
        return None
    if not found.setting.is_own and found.piece("day").kind == "NUM":
        return None
    if not 1 <= number <= 31:
        return found.bad() if found.piece("day").kind == "ORD" else None
    return day_period(next_day_of_month(number, found.setting.today, weekday), found)


def _days_without_month(found: Found) -> Term | None:
    first, last = found.figure("first"), found.figure("last")
    says_days = found.has("the") or found.piece("first").kind == "ORD"
    if not says_days and found.setting.words(found.terms[0]) != ("du",):
        return None
    today = found.setting.today
    ends = next_day_of_month(last, today) if 1 <= last <= 31 else None
    if ends is None or not 1 <= first <= 31:
        return None
    previous = add_months(ends.replace(day=1), -1 if first > last else 0)
    begins = day_or_none(previous.year, previous.month, first)
    return found.bad() if begins is None else found.make(PERIOD, Period(begins, ends, RANGE, is_named=True))


def _day_to_date(found: Found) -> Term | None:
    """ "Van 7 t/m 11/12": the first day takes its month from the last."""
    first, period = found.figure("first"), found.value("last")
    if period.grain != DAY or not period.is_named or not 1 <= first <= 31:
        return None
    _, ends = period.days
    month = add_months(ends.replace(day=1), -1 if first > ends.day else 0)
    begins = day_or_none(month.year, month.month, first)
    return found.bad() if begins is None else found.make(PERIOD, Period(begins, ends, RANGE, is_named=True))


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


_BESIDE_MONTH = (
    "(?<=[IN IN_TIME MONTH_OF START MIDDLE END HALF_CLOCK THIS FROM UNTIL BEFORE AFTER BETWEEN BY OF LAST])"
)

DATE_RULES = (
    Rule("(?<=[NUM ORD NUMBER ORDINAL])DOT?(?P<month>SEPT)", lambda found: found.make("MONTH", "9")),
    Rule("(?<=[IN IN_TIME MONTH_OF START MIDDLE END])SEPT", lambda found: found.make("MONTH", "9")),
    Rule("SEPT", _sept),
    Rule("(?P<unit>UNIT)OF?(?P<month>MONTH|MONTH_DOUBTFUL)", _month_by_name),
    Rule("(?P<year>NUM)DASH(?P<month>NUM)DASH(?P<day>NUM)", _iso),
    Rule(
        f"{_WEEKDAY}(?P<day>NUM)((SLASH(?P<month>NUM)SLASH)|(DOT(?P<month>NUM)DOT)|(DASH(?P<month>NUM)DASH))(?P<year>NUM)(?!COLON)",
        _numeric,
    ),
    Rule("(?P<first>NUM)OF?(OF|THE)*(?P<month>MONTH|MONTH_DOUBTFUL)(?=LETTER)", lambda found: None),
    Rule("(?<=[NUM ORD NUMBER ORDINAL])(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=[NUM ORD NUMBER ORDINAL][OF THE DOT])(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?P<month>MONTH_DOUBTFUL)(?=DOT?THE?[NUM ORD])", _doubtful_month),
    Rule("(?P<month>MONTH_DOUBTFUL)(?=NEXT)", _doubtful_month),
    Rule(f"{_BESIDE_MONTH}(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=[DASH THE])(?<=[MIDDLE START END HALF_CLOCK].)(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=NEXT)(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule("(?<=MONTH[TO UNTIL DASH AND OR])(?P<month>MONTH_DOUBTFUL)", _doubtful_month),
    Rule(
        f"(FROM|OF|BETWEEN|ON)?(THE|ON)*{_WEEKDAY}(?P<first>{_DAY}){_TO}(THE|ON)*{_WEEKDAY}(?P<last>{_DAY})"
        f"(OF|THE|DOT)*{_MONTH}{_YEAR}",
        _named_range,
    ),
    Rule(
        f"(FROM|OF|BETWEEN|ON)?{_MONTH}(THE)*(?P<first>{_DAY}){_TO}(THE)*(?P<last>{_DAY}){_NO_UNIT}{_YEAR}",
        _named_range,
        only=("en",),
    ),
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>{_DAY})(OF|THE|DOT)*{_MONTH}{_YEAR}", _named),
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>{_DAY})(OF|THE|DOT)*{_MONTH}", _named),
    Rule(f"{_WEEKDAY}{_MONTH}(THE)*(?P<day>{_DAY}){_NO_UNIT}{_YEAR}", _named, only=("en",)),
    Rule(f"{_WEEKDAY}{_MONTH}(THE)*(?P<day>{_DAY}){_NO_UNIT}", _named, only=("en",)),
    Rule(
        f"(THE|ON)*((?P<final>LAST)|(?P<which>ORDINAL|ORD))((?P<unit>UNIT)|(?P<weekday>WEEKDAY)){_OF}{_MONTH}{_YEAR}",
        _week_of_month,
    ),
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>NUM)SLASH(?P<month>NUM)(?!SLASH|NUM)", _numeric),
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>NUM)SLASH(?P<month>NUM)(?=NUM(HOUR|COLON))", _numeric),
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>NUM)(DOT|DASH)(?P<month>NUM)(?![NUM HOUR AM PM PUNCT])", _numeric),
    Rule("(FROM|OF)(THE)?(?P<first>NUM|ORD)(TO|UNTIL|DASH)(THE|ON)*(?P<last>PERIOD)", _day_to_date),
    Rule("BETWEEN(THE)?(?P<first>NUM|ORD)AND(THE|ON)*(?P<last>PERIOD)", _day_to_date),
    Rule("(?P<first>NUM)(DASH|UNTIL)(?P<last>PERIOD)", _day_to_date),
    Rule("(?P<unit>UNIT)(?P<week>NUM)(?!UNIT|HOUR|WORD)", _numbered_week),
    Rule(
        f"(FROM|OF|BETWEEN)(?P<the>THE)?{_WEEKDAY}(?P<first>NUM|ORD){_TO}(THE|ON)*{_WEEKDAY}(?P<last>NUM|ORD)"
        "(?![UNIT HOUR AM PM COLON WORD MONTH NUM DOT SLASH])",
        _days_without_month,
    ),
)

# After the hours are read, so that "lundi 14 h" keeps its hour.
LATER_DATE_RULES = (
    Rule(
        "(?P<weekday>WEEKDAY|WEEKDAY_SHORT)DOT?(THE|ON)*(?P<day>NUM|ORD)"
        "(?![UNIT HOUR AM PM COLON WORD MONTH NUM NUMBER SLASH])",
        _number_of_day,
    ),
    Rule(
        "(ON|OF)*(?P<the>THE)(?P<day>NUM|ORD)(?![UNIT HOUR AM PM COLON WORD MONTH NUM NUMBER SLASH DASH NEXT])",
        _number_of_day,
    ),
    Rule("ON(?P<day>ORD)(?![UNIT HOUR AM PM COLON WORD MONTH NUM NUMBER SLASH DASH NEXT])", _number_of_day),
    Rule(f"(?P<next>NEXT)?(THIS|MONTH_OF|THE)*{_MONTH}(?P<next_after>NEXT)?COMMA?(?P<year>NUM)(?!HOUR)", _month),
    Rule(f"(?P<next>NEXT)?(THIS|MONTH_OF)?{_MONTH}NEXT?", _month),
    Rule(
        "(?<=[IN IN_TIME ON FROM UNTIL BEFORE AFTER BY START END MIDDLE OF THE])(?P<year>NUM)(?![UNIT WORD])", _year
    ),
    Rule("YEAR_WORD(?P<year>NUM)", _year),
)
