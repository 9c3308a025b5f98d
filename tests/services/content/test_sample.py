"""The sample itself has no problem, so that each other test sees only what it broke."""

from __future__ import annotations

from pathlib import Path

from bot.services.content.draft import read_draft
from tests.services.content.sample import problems_of, write_sample


def test_sample_has_no_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    assert problems_of(project) == []


def test_sample_can_be_read_as_a_draft(tmp_path: Path) -> None:
    content = read_draft(write_sample(tmp_path) / "data")

    assert set(content.answers) == set(content.cards) == {"garden/plant_tree", "garden/prune_tree"}
