"""Next steps, starters and placeholders name what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.content.sample import change, problems_of, write, write_sample

CARDS, THEMES = "data/topics/garden.yml", "data/topics/themes.yml"


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("topic:garden/mow_lawn", "the next step 'topic:garden/mow_lawn' names a topic that does not exist"),
        (
            "restart_all",
            "the next step 'restart_all' is none of topic:<theme/topic>, human, activities:list, help, themes",
        ),
        ("topic:garden/plant_tree", "a next step leads back to the same topic"),
        ("human", "the next step 'human' stands twice"),
    ],
)
def test_wrong_next_step_is_named(tmp_path: Path, step: str, problem: str) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, '"topic:garden/prune_tree"', f'"{step}"')

    assert problems_of(project) == [f"{CARDS}:{line}: garden/plant_tree: {problem}"]


@pytest.mark.parametrize("step", ["activities:list", "help", "themes"])
def test_other_next_steps_are_accepted(tmp_path: Path, step: str) -> None:
    project = write_sample(tmp_path)
    change(project, CARDS, '"topic:garden/prune_tree"', f'"{step}"')

    assert problems_of(project) == []


def test_wrong_next_step_of_the_dialogue_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/topics/dialogue.yml", "dialogue:\n  garden/plant_tree: {next_steps: [person]}\n")

    (problem,) = problems_of(project)

    assert problem.startswith("data/topics/dialogue.yml:2: garden/plant_tree: the next step 'person' is none of")


def test_starter_that_is_no_topic_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, THEMES, "[garden/plant_tree]", "[garden/plant_tree, garden/mow_lawn]")

    assert problems_of(project) == [
        f"{THEMES}:{line}: the theme garden: the starter 'garden/mow_lawn' is a topic that does not exist"
    ]


def test_theme_without_starters_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, THEMES, "[garden/plant_tree]", "[]")

    assert problems_of(project) == [f"{THEMES}:{line}: the theme garden has no starters"]


def test_unknown_placeholder_of_an_answer_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "data/responses/garden.yml", "{freephone}", "{telephone}")

    assert problems_of(project) == [
        "data/responses/garden.yml:4: garden/plant_tree: "
        "the placeholder {telephone} does not stand in data/centre.yml"
    ]


def test_theme_is_a_placeholder_of_texts_only(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "data/responses/garden.yml", "{freephone}", "{theme}")

    assert problems_of(project) == [
        "data/responses/garden.yml:4: garden/plant_tree: the placeholder {theme} does not stand in data/centre.yml"
    ]


def test_unknown_placeholder_of_a_text_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "data/texts/engine.yml", "Voici {theme}.", "Voici {topic}.")

    assert problems_of(project) == [
        "data/texts/engine.yml:3: theme_opened: the placeholder {topic} does not stand in data/centre.yml"
    ]


def test_placeholder_in_a_title_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, "Plant a tree", "Plant at {centre_name}")

    assert problems_of(project) == [
        f"{CARDS}:{line}: garden/plant_tree: the placeholder {{centre_name}} may not stand here"
    ]


def test_lonely_brace_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "data/responses/garden.yml", "{freephone}", "{freephone")

    assert problems_of(project) == ["data/responses/garden.yml:4: garden/plant_tree: a brace without its partner"]
