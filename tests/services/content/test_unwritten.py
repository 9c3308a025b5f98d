"""What a skeleton left to be written is found wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.content.sample import change, problems_of, write_sample


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("data/responses/garden.yml", "Answer fr plant_tree."),
        ("data/topics/garden.yml", "Planter un arbre"),
        ("data/topics/garden.yml", "annual-report-2020"),
        ("data/topics/garden.yml", "2027-02-28"),
        ("data/texts/engine.yml", "Parler à une personne"),
    ],
)
def test_text_that_is_still_to_be_written_is_named(tmp_path: Path, name: str, old: str) -> None:
    project = write_sample(tmp_path)
    line = change(project, name, old, "TO WRITE")

    assert problems_of(project) == [f"{name}:{line}: holds 'TO WRITE': something is still to be written"]


def test_phrase_that_is_still_to_be_written_does_not_count(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, "data/nlu/nl/garden.yml", "plant tree nl plain 1", "TO WRITE")

    assert problems_of(project) == [
        "data/nlu/nl/garden.yml:6: garden/plant_tree in 'nl' has 9 phrases; at least 10",
        f"data/nlu/nl/garden.yml:{line}: holds 'TO WRITE': something is still to be written",
    ]


def test_comment_may_hold_the_mark(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "data/texts/engine.yml", "texts:", "# TO WRITE next year\ntexts:")

    assert problems_of(project) == []
