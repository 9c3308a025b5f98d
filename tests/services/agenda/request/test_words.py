"""The tables of words and the files of school holidays hold together with the grammar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.foundation.languages import LANGUAGES
from bot.foundation.yaml_files import YamlFileError, read_mapping
from bot.services.agenda.activity import AUDIENCES, MODES, THEMES
from bot.services.agenda.request import moments, school_holidays
from bot.services.agenda.request.calendar_days import FEASTS
from bot.services.agenda.request.part_of_day_rules import PARTS
from bot.services.agenda.request.school_holidays import known_holidays, school_holiday
from bot.services.agenda.request.words import FACETS, FOLDER, FOLLOW_UP, WHEN, WordTable, word_table

# Kinds that the reading itself makes, in addition to those of the tables.
MADE = {"NUM", "ORD", "WORD", "PUNCT", "NOTHING", "PERIOD", "HOURS", "CLOCK", "BAD", "DURATION", "LOOSE_HOURS"} | {
    *("SLASH", "DASH", "DOT", "COLON", "COMMA", "QUOTE", "MONTH", "WEEKDAY", "WEEKDAYS", "NUMBER", "PART")
}


def kinds(language: str, part: str) -> set[str]:
    return {kind for readings in word_table(language, part).values.values() for kind, _ in readings}


def test_every_kind_in_a_rule_is_one_that_a_table_or_a_rule_makes() -> None:
    known = MADE | {kind.upper() for language in LANGUAGES for kind in kinds(language, WHEN)}

    used = {kind for rule in moments.RULES for kind in re.findall(r"\b[A-Z][A-Z_]+\b", rule.pattern)}

    assert used <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_way_of_writing_has_one_meaning_in_time(language: str) -> None:
    second = {"ordinal_mark", "own_only"}
    twice = {
        words: readings
        for words, readings in word_table(language, WHEN).values.items()
        if len([kind for kind, _ in readings if kind not in second]) > 1
    }

    assert twice == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_those_that_the_code_knows(language: str) -> None:
    allowed = {
        (WHEN, "part"): set(PARTS),
        (WHEN, "holiday"): set(FEASTS),
        (WHEN, "school_holiday"): {"autumn", "christmas", "carnival", "spring", "summer", "any"},
        (WHEN, "community"): {"french", "flemish"},
        (FACETS, "mode"): set(MODES),
        (FACETS, "language"): set(LANGUAGES),
        (FACETS, "theme"): {*THEMES, "none"},
        (FACETS, "audience"): set(AUDIENCES),
        (FOLLOW_UP, "pick"): {"1", "2", "3", "4", "5", "-1"},
    }
    for (part, kind), values in allowed.items():
        readings = [found for entry in word_table(language, part).values.values() for found in entry]
        assert {value for name, value in readings if name == kind} <= values


def test_all_languages_know_the_same_facets_and_follow_ups() -> None:
    for part, may_lack in ((FACETS, {"become"}), (FOLLOW_UP, {"any_audience"})):
        first, *others = (kinds(language, part) - may_lack for language in LANGUAGES)
        assert all(other == first for other in others)


def test_a_word_that_yaml_takes_for_something_else_is_refused() -> None:
    with pytest.raises(YamlFileError, match="wants quotes"):
        WordTable("en", FACETS, {"stop": ["the", True]})


@pytest.mark.parametrize("path", sorted(school_holidays.FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_school_holidays_begin_within_their_year_and_do_not_overlap(path: Path) -> None:
    year = int(path.stem.split("-")[1])
    days = sorted(
        (date.fromisoformat(one["begins"]), date.fromisoformat(one["ends"])) for one in read_mapping(path).values()
    )

    for begins, ends in days:
        assert date(year, 8, 20) <= begins < ends <= date(year + 1, 8, 31)
        assert ends - begins >= timedelta(days=6)
    assert all(first[1] < second[0] for first, second in pairwise(days))


def test_an_unknown_year_is_not_guessed() -> None:
    last = known_holidays("french")[-1][2]

    assert school_holiday("french", "any", last + timedelta(days=1)) is None
    assert school_holiday("flemish", "christmas", date(2026, 11, 23), 2040) is None


def test_the_communities_differ() -> None:
    today = date(2027, 1, 10)

    assert school_holiday("french", "carnival", today) != school_holiday("flemish", "carnival", today)


def test_a_file_of_holidays_without_dates_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "french-2030-2031.yml").write_text("autumn: {begins: soon, ends: later}\n", encoding="utf-8")
    monkeypatch.setattr(school_holidays, "FOLDER", tmp_path)

    with pytest.raises(YamlFileError, match="autumn"):
        known_holidays.__wrapped__("french")


def test_the_tables_stand_where_the_reading_looks() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(LANGUAGES)
