"""The rules for days: `14/12`, "le 1er décembre", "van 7 tot 11 december". Day before month everywhere."""

from __future__ import annotations

from datetime import date

from bot.services.agenda.request.calendar_days import (
    LAST_YEAR,
    add_months,
    day_or_none,
    next_date,
    next_day_of_month,
)
from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.periods import (
    DAY,
    RANGE,
    Period,
)
from bot.services.agenda.request.terms import PERIOD, WORD, Term

# A day's number, a month by name, what may stand before and between them.
_DAY = "(NUM|ORD|NUMBER|ORDINAL)"
_MONTH = "(?P<month>MONTH)DOT?"
_YEAR = "(COMMA?(?P<year>NUM))?"
_WEEKDAY = "((WEEKDAY|WEEKDAY_SHORT|WEEKDAY_LETTERS)DOT?COMMA?)?"
_TO = "(TO|UNTIL|DASH|AND|OR|BY)"
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


def year_of(found: Found) -> tuple[int | None, bool]:
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
    year, is_wrong = year_of(found)
    if is_wrong or day >= 1900:  # "May 2027" is a month
        return None
    return day_period(_day(day, month, year, found.setting.today), found)


def _named_range(found: Found) -> Term | None:
    first, last, month = found.figure("first"), found.figure("last"), found.figure("month")
    year, is_wrong = year_of(found)
    if is_wrong:
        return None
    today = found.setting.today
    ends = _day(last, month, year, today)
    if ends is None:
        return found.bad()
    previous = add_months(ends.replace(day=1), -1 if first > last else 0)
    begins = day_or_none(previous.year, previous.month, first)
    return found.bad() if begins is None else found.make(PERIOD, Period(begins, ends, RANGE, is_named=True))


def _number_of_day(found: Found) -> Term | None:
    number, weekday = found.figure("day"), found.number("weekday")
    if found.has("the") and found.value("the") != "day":
        return None
    if not found.setting.is_own and found.piece("day").kind == "NUM":
        return None
    if not 1 <= number <= 31:
        return found.bad() if found.piece("day").kind == "ORD" else None
    return day_period(next_day_of_month(number, found.setting.today, weekday), found)


def _day_after_article(found: Found) -> Term | None:
    """ "À partir du 20": "du" holds the article of the day."""
    return _number_of_day(found) if found.before is not None and found.before.value == "day" else None


def _days_without_month(found: Found) -> Term | None:
    first, last = found.figure("first"), found.figure("last")
    says_days = found.has("the") or found.piece("first").kind == "ORD"
    if not says_days and found.terms[0].value != "day":
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


DATE_RULES = (
    Rule("(?P<year>NUM)(DASH(?P<month>NUM)DASH|SLASH(?P<month>NUM)SLASH)(?P<day>NUM)", _iso),
    Rule(
        f"{_WEEKDAY}(?P<day>NUM)((SLASH(?P<month>NUM)SLASH)|(DOT(?P<month>NUM)DOT)|(DASH(?P<month>NUM)DASH))(?P<year>NUM)(?!COLON)",
        _numeric,
    ),
    Rule(
        f"(FROM|OF|BETWEEN|ON)?(THE|ON)*{_WEEKDAY}(?P<first>{_DAY})(COMMA{_DAY})*{_TO}(THE|ON)*{_WEEKDAY}(?P<last>{_DAY})"
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
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>NUM)SLASH(?P<month>NUM)(?!SLASH|NUM)", _numeric),
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>NUM)SLASH(?P<month>NUM)(?=NUM(HOUR|COLON))", _numeric),
    Rule(f"{_WEEKDAY}(THE|ON)*(?P<day>NUM)(DOT|DASH)(?P<month>NUM)(?![NUM HOUR AM PM PUNCT])", _numeric),
    Rule("(FROM|OF)(THE)?(?P<first>NUM|ORD)(TO|UNTIL|DASH)(THE|ON)*(?P<last>PERIOD)", _day_to_date),
    Rule("BETWEEN(THE)?(?P<first>NUM|ORD)AND(THE|ON)*(?P<last>PERIOD)", _day_to_date),
    Rule("(?P<first>NUM)(DASH|UNTIL)(?P<last>PERIOD)", _day_to_date),
    Rule(
        f"(FROM|OF|BETWEEN)(?P<the>THE)?{_WEEKDAY}(?P<first>NUM|ORD){_TO}(THE|ON)*{_WEEKDAY}(?P<last>NUM|ORD)"
        "(?![UNIT HOUR AM PM COLON WORD MONTH NUM DOT SLASH])",
        _days_without_month,
    ),
)

# After the hours are read, so that "lundi 14 h" keeps its hour.
LATER_DATE_RULES = (
    Rule(
        "(?<=[FROM UNTIL BY])(?P<day>NUM)(?![UNIT HOUR AM PM COLON WORD MONTH NUM NUMBER SLASH DASH])",
        _day_after_article,
    ),
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
)
