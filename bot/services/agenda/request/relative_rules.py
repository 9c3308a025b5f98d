"""The rules for time that is counted from today: "semaine prochaine", "over drie weken", "within two weeks"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.agenda.request.calendar_days import (
    FORTNIGHT,
    QUARTER,
    SEASONS,
    add_months,
    days_later,
    feast_day,
    monday_of,
    next_public_holiday,
    next_season,
    part_of,
    season_period,
    unit_period,
)
from bot.services.agenda.request.clock_rules import PARTS
from bot.services.agenda.request.date_rules import day_period, part_of_month
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
    Period,
    hull,
    next_weekday,
)
from bot.services.agenda.request.school_holidays import ANY, COMMUNITY_OF, school_holiday
from bot.services.agenda.request.terms import DURATION, PERIOD, Term

_UNITS = (DAY, WEEK, WEEKEND, MONTH, YEAR, FORTNIGHT, QUARTER)
_FEW = {DAY: 7, WEEK: 4, MONTH: 3, YEAR: 2}


def _relative(found: Found) -> Term | None:
    code, setting = found.terms[0].value, found.setting
    if code.startswith("few "):
        return found.make(PERIOD, _next_few(code.removeprefix("few "), setting.today))
    if ">" in code:
        unit, _, number = code.partition(">")
        return found.make(PERIOD, unit_period(unit, int(number), setting.anchor))
    unit, offset = _coded(code)
    return found.make(PERIOD, unit_period(unit, offset, setting.today))


def _next_few(unit: str, today: date) -> Period:
    """ "The coming days": a week of days, four weeks, a quarter of months."""
    return Period(None, days_later(_FEW[unit], unit, today), RANGE)


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
    return found.make(PERIOD, unit_period(unit, 0, found.setting.today)) if unit in _UNITS else None


def _next(found: Found) -> Term | None:
    unit, today = found.value("unit"), found.setting.today
    if unit.rstrip("s") not in _UNITS:
        return None
    if unit.endswith("s"):
        return found.make(PERIOD, _next_few(unit.rstrip("s"), today))
    if unit == WEEKEND and found.value("next") == "coming":
        return found.make(PERIOD, unit_period(WEEKEND, 0, today))
    return found.make(PERIOD, unit_period(unit, 1, today))


def _last(found: Found) -> Term | None:
    unit, today = found.value("unit").rstrip("s"), found.setting.today
    if unit not in _FEW and unit != WEEKEND:
        return None
    if found.has("number"):
        number = found.number("number") or 1
        back = today - timedelta(days=min(3650, number * {DAY: 1, WEEK: 7, WEEKEND: 7, MONTH: 30, YEAR: 365}[unit]))
        return found.make(PERIOD, Period(back, today, RANGE, is_named=True))
    return found.make(PERIOD, unit_period(unit, -1, today))


def _counted(found: Found) -> tuple[int, str] | None:
    unit = found.value("unit").rstrip("s")
    if unit not in _FEW and unit not in (WEEKEND, "fortnight"):
        return None
    if found.has("few"):
        return _FEW.get(unit, 2), unit
    number = found.number("number")
    return (1 if number is None else number), unit


def _within(found: Found) -> Term | None:
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
        return _within(found)
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


def _next_season(found: Found) -> Term | None:
    season, today = found.value("season"), found.setting.today
    period = next_season(season, today)
    first, _ = period.days
    return found.make(PERIOD, period if first > today else season_period(season, first.year + 1))


def _season(found: Found) -> Term | None:
    season, year = found.value("season"), found.number("year")
    if year is not None:
        return found.make(PERIOD, season_period(season, year)) if 2020 <= year <= 2100 else None
    assert season in SEASONS
    return found.make(PERIOD, next_season(season, found.setting.today))


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
        if found.value("unit") not in _UNITS:
            return None
        period = unit_period(found.value("unit"), 0, found.setting.today)
    return None if period.ends is None else found.make(PERIOD, Period(None, period.ends, BOUND, is_named=True))


def _rest(found: Found) -> Term | None:
    period = found.value("period")
    if period is None:
        if found.value("unit") not in _FEW:
            return None
        period = unit_period(found.value("unit"), 0, found.setting.today)
    return found.make(PERIOD, Period(period.begins, period.ends, RANGE))


def _feast(found: Found) -> Term | None:
    year = found.number("year")
    if year is not None and not 2000 <= year <= 2100:
        return None
    return day_period(feast_day(found.value("feast"), found.setting.today, year), found)


def _festive(found: Found) -> Term | None:
    christmas = feast_day("christmas_eve", found.setting.today)
    return found.make(PERIOD, Period(christmas, feast_day("new_year", christmas), RANGE, is_named=True))


def _christmas_to_new_year(found: Found) -> Term | None:
    christmas = feast_day("christmas", found.setting.today)
    return found.make(PERIOD, Period(christmas, feast_day("new_year", christmas), RANGE, is_named=True))


def _school_holiday(found: Found) -> Term | None:
    setting = found.setting
    community = found.value("community") or COMMUNITY_OF[setting.language]
    holiday, year = found.value("holiday"), found.number("year")
    period = school_holiday(community, holiday, setting.today, year)
    if period is None and setting.language == "en" and not found.has("community"):
        period = school_holiday("flemish", holiday, setting.today, year)
    return found.bad() if period is None else found.make(PERIOD, period)


def _any_school_holiday(found: Found) -> Term | None:
    community = found.value("community") or COMMUNITY_OF[found.setting.language]
    period = school_holiday(community, ANY, found.setting.today)
    return found.bad() if period is None else found.make(PERIOD, period)


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


def _today(found: Found) -> Term | None:
    return found.make(PERIOD, unit_period(DAY, 0, found.setting.today))


def _in_the_new_year(found: Found) -> Term | None:
    return found.make(PERIOD, unit_period(YEAR, 1, found.setting.today))


def _public_holiday(found: Found) -> Term | None:
    return day_period(next_public_holiday(found.setting.today), found)


def _this_and_next(found: Found) -> Term | None:
    unit, today = found.value("unit").rstrip("s"), found.setting.today
    if unit not in _UNITS:
        return None
    return found.make(PERIOD, hull(unit_period(unit, 0, today), unit_period(unit, 1, today)))


def _weeks_later(found: Found) -> Term | None:
    """ "Over veertien dagen", without a weekday."""
    day = days_later(int(found.value("weeks")), WEEK, found.setting.today)
    return found.make(PERIOD, Period(day, day, DAY))


def _as_weekday(found: Found) -> Term | None:
    return found.make("WEEKDAY", found.terms[0].value)


def _quarter_of_year(found: Found) -> Term | None:
    which, year, today = found.figure("which"), found.number("year"), found.setting.today
    if found.value("unit") != QUARTER or not 1 <= which <= 4:
        return None
    chosen = year or today.year
    first = date(chosen, 3 * which - 2, 1) if 2000 <= chosen <= 2100 else today
    if year is None and add_months(first, 3) <= today:
        first = first.replace(year=chosen + 1)
    return found.make(PERIOD, Period(first, add_months(first, 3) - timedelta(days=1), RANGE, is_named=True))


def _soon(found: Found) -> Term | None:
    return found.make(PERIOD, Period(None, None, OPEN))


def _of_this(found: Found) -> Term | None:
    """ "Les activités du mois", "the workshops of the week"."""
    unit, word = found.value("unit"), found.before and found.before.kind
    if (
        unit not in (WEEK, MONTH)
        or word != "WORD"
        or (len(found.terms) < 3
        and found.setting.words(found.terms[0])[0] != "du")
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


_NUMBER = "((?P<number>NUM|NUMBER)|(?P<few>FEW))"
_UNIT = "(?P<unit>UNIT)"
_WHICH = "((?P<final>LAST)|(?P<which>ORDINAL|ORD))"
_PERIOD = "(?P<period>PERIOD)"
_PART = "(?P<part>START|MIDDLE|END)"
_OF = "(OF|THE|THIS|IN|IN_TIME|ON)*"

RELATIVE_RULES = (
    Rule("NOT_A_DATE", lambda found: found.make("NOTHING", None)),
    Rule("IN_TIME(NUM|NUMBER)HOUR(QUOTE?LATER)?", _today),
    Rule("NEW_YEAR_ON", _in_the_new_year),
    Rule("(THE|NEXT)*PUBLIC_HOLIDAY(NEXT)?", _public_holiday),
    Rule("THIS(OR|AND)(THE)?NEXT(?P<unit>UNIT)", _this_and_next),
    Rule("RELATIVE", _relative),
    Rule("RELATIVE_PART", _relative_part),
    Rule("(?P<weekday>WEEKDAY)(?P<weeks>WEEKS_LATER)", _weekday_weeks_later),
    Rule(f"(?P<weekday>WEEKDAY)IN_TIME{_NUMBER}{_UNIT}", _weekday_weeks_later),
    Rule(f"({_NUMBER})?{_UNIT}(ON|FROM|AFTER)(?P<weekday>WEEKDAY)", _weekday_weeks_later, only=("en",)),
    Rule(f"(?P<weekday>WEEKDAY){_UNIT}(?!NUM)", _weekday_weeks_later, only=("en",)),
    Rule("(?<!WEEKDAY)(?P<weeks>WEEKS_LATER)(?!.?WEEKDAY)", _weeks_later),
    Rule(f"WITHIN(THE)?NEXT{_UNIT}", _within),
    Rule("WEEKDAY_SHORT(?=DOT?(DASH|TO|UNTIL|AND|OR|SLASH)(WEEKDAY|WEEKDAY_SHORT))", _as_weekday),
    Rule("(?<=WEEKDAY[DASH TO UNTIL AND OR SLASH])WEEKDAY_SHORT", _as_weekday),
    Rule("(?<=ON)WEEKDAY_SHORT(?!WORD)", _as_weekday, only=("nl", "en")),
    Rule("^WEEKDAY_SHORT(?=DOT?PUNCT?$)", _as_weekday),
    Rule(f"(THE|ON|IN)*WHOLE(THE)?{_UNIT}(?!NEXT|OF|THE)", _this),
    Rule(f"(IN|IN_TIME|WITHIN|ON|FOR|BY)?THE?NEXT{_NUMBER}OF?{_UNIT}", _within),
    Rule(f"(IN|IN_TIME|WITHIN|ON|FOR|BY)?(THE|OF)?{_NUMBER}NEXT{_UNIT}", _within),
    Rule(f"(IN|IN_TIME|WITHIN|ON|FOR|BY)?(THE|OF)?{_NUMBER}{_UNIT}NEXT", _within),
    Rule(f"(LAST{_NUMBER}{_UNIT})", _last),
    Rule(f"{_NUMBER}LAST{_UNIT}", _last),
    Rule(f"IN_TIME(THE|OF){_NUMBER}OF?{_UNIT}", _within),
    Rule(f"IN_TIME(AROUND)?{_NUMBER}OF?{_UNIT}(QUOTE?LATER)?", _in_time),
    Rule(f"{_NUMBER}OF?{_UNIT}(QUOTE?LATER)", _in_time),
    Rule(f"(WITHIN|BY)(THE|OF|FROM)?{_NUMBER}?OF?{_UNIT}(?![NEXT])", _within),
    Rule(f"(THIS{_UNIT}|{_UNIT}DASH?THIS_AFTER)(DASH?THIS_AFTER)?", _this),
    Rule(f"(?P<next>NEXT){_UNIT}", _next),
    Rule(f"{_UNIT}(THE)?(?P<next>NEXT)", _next),
    Rule(f"(LAST{_UNIT}|{_UNIT}LAST)", _last),
    Rule("WEEKDAY_SHORT(?=DOT?PART)", _as_weekday),
    Rule("THIS(?P<weekday>WEEKDAY|WEEKDAY_SHORT)", _this_weekday),
    Rule("NEXT(?P<weekday>WEEKDAY|WEEKDAY_SHORT)", _next_weekday),
    Rule("(?P<weekday>WEEKDAY)NEXT", _next_weekday),
    Rule("(LAST(?P<weekday>WEEKDAY)(?!OF|IN|IN_TIME|MONTH)|(?P<weekday>WEEKDAY)LAST)", _last_weekday),
    Rule("THIS(?P<part>PART)", _this_part),
    Rule("(THE)?NEXT(?P<season>SEASON)|(?P<season>SEASON)NEXT", _next_season),
    Rule("(THIS|THE|IN|TO|ON|OF|IN_TIME)+(?P<season>SEASON)(COMMA?(?P<year>NUM))?", _season),
    Rule("(?P<season>SEASON)COMMA?(?P<year>NUM)", _season),
    Rule("(?<=[AFTER BEFORE UNTIL FROM BY AROUND])(?P<season>SEASON)|^(?P<season>SEASON)$", _season),
    Rule("(?P<community>COMMUNITY)(?P<holiday>SCHOOL_HOLIDAY)(?P<year>NUM)?", _school_holiday),
    Rule(
        "(?P<holiday>SCHOOL_HOLIDAY)NEXT?(OF|IN|THE)*(?P<community>COMMUNITY)(OF|IN)*(?P<year>NUM)?", _school_holiday
    ),
    Rule("(?P<holiday>SCHOOL_HOLIDAY)(OF|IN)*(?P<year>NUM)", _school_holiday),
    Rule("(?P<holiday>SCHOOL_HOLIDAY)", _school_holiday),
    Rule("(?<=[THE IN ON AFTER BEFORE UNTIL BY FROM])HOLIDAYS_WORD(?P<community>COMMUNITY)?", _any_school_holiday),
    Rule("(THIS|NEXT)?(?P<feast>HOLIDAY)(OF|IN)*(?P<year>NUM)?(?![SLASH DASH HOUR])", _feast),
    Rule(f"(?P<which>ORDINAL|ORD){_UNIT}(OF|THE|IN)*(?P<year>NUM)?(?!MONTH|THE|OF)", _quarter_of_year),
    Rule("FESTIVE_SEASON", _festive),
    Rule("CHRISTMAS_TO_NEW_YEAR", _christmas_to_new_year),
)

# After the dates, of which these make use.
LATER_RELATIVE_RULES = (
    Rule(f"(BEFORE|BY|UNTIL)(THE)?END{_OF}({_PERIOD}|{_UNIT})", _until_the_end),
    Rule(f"{_PART}DASH?{_OF}{_PERIOD}", _part_of_period),
    Rule(f"(?P<part>HALF_CLOCK)DASH?{_OF}{_PERIOD}", _half_of_period),
    Rule(f"{_PART}DASH?{_OF}{_UNIT}(?!NUM)", _part_of_unit),
    Rule(f"REST{_OF}({_PERIOD}|{_UNIT})", _rest),
    Rule(f"(THE|ON)*{_WHICH}({_UNIT}|(?P<weekday>WEEKDAY)){_OF}({_PERIOD}|(?P<month>UNIT))", _part_of_month),
    Rule(f"{_UNIT}(OF|THE|FROM|ON|AFTER)*{_PERIOD}", _week_of_day),
    Rule(f"(IN_TIME|WITHIN)(THE){_UNIT}(?!NEXT|NUM)", _within),
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
