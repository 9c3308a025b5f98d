"""The rules for feasts, school holidays, seasons and quarters: "avant Noël", "krokusvakantie", "next spring"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.agenda.request.calendar_days import (
    QUARTER,
    SEASONS,
    add_months,
    feast_day,
    next_public_holiday,
    next_season,
    season_period,
    unit_period,
)
from bot.services.agenda.request.date_rules import day_period
from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.periods import (
    RANGE,
    YEAR,
    Period,
)
from bot.services.agenda.request.school_holidays import ANY, COMMUNITY_OF, school_holiday
from bot.services.agenda.request.terms import PERIOD, Term


def _next_season(found: Found) -> Term | None:
    season, today = found.value("season"), found.setting.today
    period = next_season(season, today)
    first, _ = period.days
    return found.make(PERIOD, period if first > today else season_period(season, first.year + 1))


def _season(found: Found) -> Term | None:
    season, year = found.value("season"), found.number("year")
    if any(term.kind == "TO" and term.value != "day" for term in found.terms):
        return None  # "a été" is no summer, "au printemps" is in spring
    if year is not None:
        return found.make(PERIOD, season_period(season, year)) if 2020 <= year <= 2100 else None
    assert season in SEASONS
    return found.make(PERIOD, next_season(season, found.setting.today))


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


# What school holidays are called after a feast or a season.
_SCHOOL_HOLIDAYS = {
    "christmas": "christmas",
    "easter": "spring",
    "all_saints": "autumn",
    "winter": "christmas",
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
}


def _school_holiday_by_feast(found: Found) -> Term | None:
    """ "Vacances flamandes de Pâques"."""
    holiday = _SCHOOL_HOLIDAYS.get(found.value("name"))
    period = holiday and school_holiday(found.value("community"), holiday, found.setting.today)
    return found.make(PERIOD, period) if period else found.bad()


def _long_weekend(found: Found) -> Term | None:
    """Easter and Whitsun from Saturday to Monday, Ascension from Thursday to Sunday."""
    feast, today = found.terms[0].value, found.setting.today
    day = feast_day(feast, today - timedelta(days=3))
    first, last = (0, 3) if feast == "ascension" else (-1, 1)
    period = Period(day + timedelta(days=first), day + timedelta(days=last), RANGE, is_named=True)
    return found.make(PERIOD, period)


def _any_school_holiday(found: Found) -> Term | None:
    community = found.value("community") or COMMUNITY_OF[found.setting.language]
    period = school_holiday(community, ANY, found.setting.today)
    return found.bad() if period is None else found.make(PERIOD, period)


def _in_the_new_year(found: Found) -> Term | None:
    return found.make(PERIOD, unit_period(YEAR, 1, found.setting.today))


def _public_holiday(found: Found) -> Term | None:
    return day_period(next_public_holiday(found.setting.today), found)


def _quarter_of_year(found: Found) -> Term | None:
    which, year, today = found.figure("which"), found.number("year"), found.setting.today
    if found.value("unit") != QUARTER or not 1 <= which <= 4:
        return None
    chosen = year or today.year
    first = date(chosen, 3 * which - 2, 1) if 2000 <= chosen <= 2100 else today
    if year is None and add_months(first, 3) <= today:
        first = first.replace(year=chosen + 1)
    return found.make(PERIOD, Period(first, add_months(first, 3) - timedelta(days=1), RANGE, is_named=True))


_UNIT = "(?P<unit>UNIT)"

FEAST_RULES = (
    Rule("HOLIDAYS_WORD(?P<community>COMMUNITY)(OF|THE)*(?P<name>HOLIDAY|SEASON)", _school_holiday_by_feast),
    Rule("NEW_YEAR_ON", _in_the_new_year),
    Rule("(THE|NEXT)*PUBLIC_HOLIDAY(NEXT)?", _public_holiday),
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
    Rule("LONG_WEEKEND", _long_weekend),
    Rule("CHRISTMAS_TO_NEW_YEAR", _christmas_to_new_year),
)
