"""The rules for time that is counted from today: "semaine prochaine", "over drie weken", "within two weeks"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.agenda.request.calendar_days import (
    FORTNIGHT,
    QUARTER,
    days_later,
    feast_day,
    unit_period,
)
from bot.services.agenda.request.date_rules import day_period
from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.part_of_day_rules import PARTS
from bot.services.agenda.request.periods import (
    DAY,
    MONTH,
    RANGE,
    WEEK,
    WEEKEND,
    YEAR,
    Period,
    hull,
    next_weekday,
)
from bot.services.agenda.request.terms import NOTHING, PERIOD, Term

UNITS = (DAY, WEEK, WEEKEND, MONTH, YEAR, FORTNIGHT, QUARTER)
FEW = {DAY: 7, WEEK: 4, MONTH: 3, YEAR: 2}


def _relative(found: Found) -> Term | None:
    code, setting = found.terms[0].value, found.setting
    if code.startswith("few "):
        return found.make(PERIOD, _next_few(code.removeprefix("few "), setting.today))
    if ">" in code:
        unit, _, number = code.partition(">")
        return found.make(PERIOD, unit_period(unit, int(number), setting.anchor))
    unit, offset = _coded(code)
    return found.make(PERIOD, unit_period(unit, offset, setting.today))


def _after_feast(found: Found) -> Term | None:
    """ "The week after Christmas", where "the week after" is a word of its own."""
    unit, sign, _ = found.value("code").partition(">")
    if not sign:
        return None
    day = feast_day(found.value("feast"), found.setting.today)
    return found.make(PERIOD, beside(unit, day, is_after=True))


def beside(unit: str, day: date, is_after: bool) -> Period:
    """The day, the seven days or the weekend before or after a day."""
    if unit == WEEKEND:
        saturday = next_weekday(5, day) if is_after else next_weekday(5, day - timedelta(days=9))
        return Period(saturday, saturday + timedelta(days=1), WEEKEND, is_named=True)
    length = timedelta(days=0 if unit == DAY else 6)
    one = timedelta(days=1)
    begins = day + one if is_after else day - one - length
    return Period(begins, begins + length, DAY if unit == DAY else RANGE, is_named=True)


def _next_few(unit: str, today: date) -> Period:
    """ "The coming days": a week of days, four weeks, a quarter of months."""
    return Period(None, days_later(FEW[unit], unit, today), RANGE)


def _coded(code: str) -> tuple[str, int]:
    sign = "+" if "+" in code else "-"
    unit, _, number = code.partition(sign)
    return unit, int(sign + number)


def _relative_part(found: Found) -> Term | None:
    code, part = found.terms[0].value.split()
    unit, offset = _coded(code)
    period = unit_period(unit, offset, found.setting.today)
    return found.make(PERIOD, Period(period.begins, period.ends, DAY, PARTS[part]))


def _this(found: Found) -> Term | None:
    unit = found.value("unit")
    if unit == DAY and found.terms[0].kind not in ("THIS", "UNIT"):  # "samedi toute la journée"
        return found.make(NOTHING, None)
    return found.make(PERIOD, unit_period(unit, 0, found.setting.today)) if unit in UNITS else None


def _next(found: Found) -> Term | None:
    unit, today = found.value("unit"), found.setting.today
    if unit.rstrip("s") not in UNITS:
        return None
    if unit.endswith("s"):
        return found.make(PERIOD, _next_few(unit.rstrip("s"), today))
    if unit == WEEKEND and found.value("next") == "coming":
        return found.make(PERIOD, unit_period(WEEKEND, 0, today))
    return found.make(PERIOD, unit_period(unit, 1, today))


def _last(found: Found) -> Term | None:
    unit, today = found.value("unit").rstrip("s"), found.setting.today
    if unit not in FEW and unit != WEEKEND:
        return None
    if found.has("number"):
        number = found.number("number") or 1
        back = today - timedelta(days=min(3650, number * {DAY: 1, WEEK: 7, WEEKEND: 7, MONTH: 30, YEAR: 365}[unit]))
        return found.make(PERIOD, Period(back, today, RANGE, is_named=True))
    return found.make(PERIOD, unit_period(unit, -1, today))


def _counted(found: Found) -> tuple[int, str] | None:
    unit = found.value("unit").rstrip("s")
    if unit not in FEW and unit not in (WEEKEND, "fortnight"):
        return None
    if found.has("few"):
        return FEW.get(unit, 2), unit
    number = found.number("number")
    return (1 if number is None else number), unit


def within(found: Found) -> Term | None:
    counted = _counted(found)
    if counted is None:
        return None
    if not found.has("number") and not found.has("few"):
        if found.value("unit") in (DAY, WEEKEND):  # "dans la journée", "over the weekend"
            return found.make(PERIOD, unit_period(found.value("unit"), 0, found.setting.today))
        if found.value("unit").endswith("s"):  # "over the years"
            return None
    return found.make(PERIOD, Period(None, days_later(*counted, found.setting.today), RANGE))


def _in_time(found: Found) -> Term | None:
    counted = _counted(found)
    if counted is None:
        return None
    if found.has("few"):
        return within(found)
    day = days_later(*counted, found.setting.today)
    return found.make(PERIOD, Period(day, day, DAY))


def _weekday_weeks_later(found: Found) -> Term | None:
    weekday = found.figure("weekday")
    weeks = 1
    if found.has("weeks"):
        weeks = int(found.value("weeks"))
    elif found.has("number"):
        counted = _counted(found)
        if counted is None or counted[1] not in (WEEK, "fortnight"):
            return None
        weeks = counted[0] * (2 if counted[1] == "fortnight" else 1)
    elif found.value("unit") not in (None, WEEK):
        return None
    day = next_weekday(weekday, found.setting.today) + timedelta(weeks=min(weeks, 200))
    return day_period(day, found)


def _this_weekday(found: Found) -> Term | None:
    weekday, today = found.figure("weekday"), found.setting.today
    return day_period(next_weekday(weekday, today - timedelta(days=1)), found)


def _next_weekday(found: Found) -> Term | None:
    weekday = found.figure("weekday")
    return day_period(next_weekday(weekday, found.setting.today), found)


def _last_weekday(found: Found) -> Term | None:
    weekday = found.figure("weekday")
    return day_period(next_weekday(weekday, found.setting.today - timedelta(days=8)), found)


def _this_part(found: Found) -> Term | None:
    day = unit_period(DAY, 0, found.setting.today)
    return found.make(PERIOD, Period(day.begins, day.ends, DAY, PARTS[found.value("part")]))


def _today(found: Found) -> Term | None:
    return found.make(PERIOD, unit_period(DAY, 0, found.setting.today))


def _this_and_next(found: Found) -> Term | None:
    unit, today = found.value("unit").rstrip("s"), found.setting.today
    if unit not in UNITS:
        return None
    return found.make(PERIOD, hull(unit_period(unit, 0, today), unit_period(unit, 1, today)))


def _weeks_later(found: Found) -> Term | None:
    """ "Over veertien dagen", without a weekday."""
    day = days_later(int(found.value("weeks")), WEEK, found.setting.today)
    return found.make(PERIOD, Period(day, day, DAY))


def _as_weekday(found: Found) -> Term | None:
    return found.make("WEEKDAY", found.terms[0].value)


_NUMBER = "((?P<number>NUM|NUMBER)|(?P<few>FEW))"
_UNIT = "(?P<unit>UNIT)"

RELATIVE_RULES = (
    Rule("NOT_A_DATE", lambda found: found.make("NOTHING", None)),
    Rule("IN_TIME(NUM|NUMBER)HOUR(QUOTE?LATER)?", _today),
    Rule("THIS(OR|AND)(THE)?NEXT(?P<unit>UNIT)", _this_and_next),
    Rule("(?P<code>RELATIVE)(THE)?(?P<feast>HOLIDAY)", _after_feast),
    Rule("RELATIVE", _relative),
    Rule("RELATIVE_PART", _relative_part),
    Rule("(?P<weekday>WEEKDAY)(?P<weeks>WEEKS_LATER)", _weekday_weeks_later),
    Rule(f"(?P<weekday>WEEKDAY)IN_TIME{_NUMBER}{_UNIT}", _weekday_weeks_later),
    Rule(f"({_NUMBER})?{_UNIT}(ON|FROM|AFTER)(?P<weekday>WEEKDAY)", _weekday_weeks_later, only=("en",)),
    Rule(f"(?P<weekday>WEEKDAY){_UNIT}(?!NUM)", _weekday_weeks_later, only=("en",)),
    Rule("(?<!WEEKDAY)(?P<weeks>WEEKS_LATER)(?!.?WEEKDAY)", _weeks_later),
    Rule(f"WITHIN(THE)?NEXT{_UNIT}", within),
    Rule("WEEKDAY_SHORT(?=DOT?(DASH|TO|UNTIL|AND|OR|SLASH)(WEEKDAY|WEEKDAY_SHORT))", _as_weekday),
    Rule("(?<=WEEKDAY[DASH TO UNTIL AND OR SLASH])WEEKDAY_SHORT", _as_weekday),
    Rule("(?<=ON)WEEKDAY_SHORT(?!WORD)", _as_weekday, only=("nl", "en")),
    Rule("^WEEKDAY_SHORT(?=DOT?PUNCT?$)", _as_weekday),
    Rule(f"(THE|ON|IN)*WHOLE(THE)?{_UNIT}(?!NEXT|OF|THE)", _this),
    Rule(f"(IN|IN_TIME|WITHIN|ON|FOR|BY)?THE?NEXT{_NUMBER}OF?{_UNIT}", within),
    Rule(f"(IN|IN_TIME|WITHIN|ON|FOR|BY)?(THE|OF)?{_NUMBER}NEXT{_UNIT}", within),
    Rule(f"(IN|IN_TIME|WITHIN|ON|FOR|BY)?(THE|OF)?{_NUMBER}{_UNIT}NEXT", within),
    Rule(f"(LAST{_NUMBER}{_UNIT})", _last),
    Rule(f"{_NUMBER}LAST{_UNIT}", _last),
    Rule(f"IN_TIME(THE|OF){_NUMBER}OF?{_UNIT}", within),
    Rule(f"IN_TIME(AROUND)?{_NUMBER}OF?{_UNIT}(QUOTE?LATER)?", _in_time),
    Rule(f"{_NUMBER}OF?{_UNIT}(QUOTE?LATER)", _in_time),
    Rule(f"(WITHIN|BY)(THE|OF|FROM)?{_NUMBER}?OF?{_UNIT}(?![NEXT])", within),
    Rule(f"(THIS{_UNIT}|{_UNIT}DASH?THIS_AFTER)(DASH?THIS_AFTER)?", _this),
    Rule(f"(?P<next>NEXT){_UNIT}", _next),
    Rule(f"{_UNIT}(THE)?(?P<next>NEXT)", _next),
    Rule(f"(LAST{_UNIT}(?!OF|(IN|IN_TIME)MONTH)|{_UNIT}LAST)", _last),
    Rule("WEEKDAY_SHORT(?=DOT?PART)", _as_weekday),
    Rule("WEEKDAY_SHORT(?=NEXT)", _as_weekday),
    Rule("(?<=NEXT UNIT)WEEKDAY_SHORT(?!WORD)", _as_weekday),
    Rule("THIS(?P<weekday>WEEKDAY|WEEKDAY_SHORT)", _this_weekday),
    Rule("NEXT(?P<weekday>WEEKDAY|WEEKDAY_SHORT)", _next_weekday),
    Rule("(?P<weekday>WEEKDAY)NEXT", _next_weekday),
    Rule("(LAST(?P<weekday>WEEKDAY)(?!OF|IN|IN_TIME|MONTH)|(?P<weekday>WEEKDAY)LAST)", _last_weekday),
    Rule("THIS(?P<part>PART)", _this_part),
)
