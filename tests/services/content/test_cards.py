"""The card of a topic says where its facts come from, how old they are, and where to go next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.content.sample import change, problems_of, write, write_sample

CARDS = "data/topics/garden.yml"
SOURCES = "    sources:\n    - annual-report-2020\n"
AS_OF, REVIEW_BY = '    as_of: "2020"\n', '    review_by: "2027-02-28"\n'


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        # A key that is missing is named at the card.
        (SOURCES, "", 2, "a source is missing"),
        (SOURCES, "    sources: []\n", 5, "a source is missing"),
        (AS_OF, "", 2, "as_of is missing: the date of its facts"),
        (REVIEW_BY, "", 2, "review_by is missing: the day by which somebody reads it again"),
        (REVIEW_BY, '    review_by: "2027-02"\n', 8, "review_by '2027-02' is not a date: YYYY-MM-DD"),
        (REVIEW_BY, '    review_by: "2027-02-30"\n', 8, "review_by '2027-02-30' is not a date: YYYY-MM-DD"),
    ],
)
def test_missing_or_wrong_fact_is_named(tmp_path: Path, old: str, new: str, line: int, fault: str) -> None:
    project = write_sample(tmp_path)
    change(project, CARDS, old, new)

    (problem,) = problems_of(project)

    # A key that is missing is named at the card, whose first key stands on line 3.
    assert problem in {
        f"{CARDS}:{line}: garden/plant_tree: {fault}",
        f"{CARDS}:2: garden/plant_tree: {fault}",
    }


@pytest.mark.parametrize("as_of", ["20", "2020-13", "2020-02-30", "01-02-2020", "spring 2020", "2020-1"])
def test_as_of_that_is_no_date_is_named(tmp_path: Path, as_of: str) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, AS_OF, f'    as_of: "{as_of}"\n')

    assert problems_of(project) == [
        f"{CARDS}:{line}: garden/plant_tree: as_of {as_of!r} is not a date: YYYY, YYYY-MM or YYYY-MM-DD"
    ]


@pytest.mark.parametrize("as_of", ["2020", '"2020-12"', "2020-02-29"])
def test_year_month_and_day_are_accepted(tmp_path: Path, as_of: str) -> None:
    project = write_sample(tmp_path)
    change(project, CARDS, AS_OF, f"    as_of: {as_of}\n")

    assert problems_of(project) == []


def test_title_of_more_than_40_characters_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, "Een boom planten", "b" * 41)

    assert problems_of(project) == [
        f"{CARDS}:{line}: garden/plant_tree: the title in 'nl' has 41 characters; at most 40"
    ]


def test_title_twice_in_one_language_is_named_with_both_places(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, "Tailler un arbre", "planter un arbre !")

    assert problems_of(project) == [
        f"{CARDS}:{line}: garden/prune_tree: the title in 'fr' is also that of garden/plant_tree ({CARDS}:3)"
    ]


def test_title_of_a_theme_is_held_to_the_same(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, "data/topics/themes.yml", "nl: Tuin", f"nl: {'t' * 41}")

    assert problems_of(project) == [
        f"data/topics/themes.yml:{line}: garden: the title in 'nl' has 41 characters; at most 40"
    ]


def test_card_without_next_step_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, '["topic:garden/prune_tree", human]', "[]")

    assert problems_of(project) == [
        f"{CARDS}:{line}: garden/plant_tree: there is no next step; after an answer there is always a way on"
    ]


def test_more_than_three_next_steps_are_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, ", human]", ", human, help, themes]")

    assert problems_of(project) == [f"{CARDS}:{line}: garden/plant_tree: 4 next steps; at most 3"]


def test_card_of_the_dialogue_needs_no_facts(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/topics/dialogue.yml", "dialogue:\n  garden/plant_tree: {next_steps: [themes, human]}\n")

    assert problems_of(project) == []
