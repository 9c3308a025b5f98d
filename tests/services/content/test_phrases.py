"""Enough phrases, in enough ways of writing, without signs that mean something to Rasa."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.foundation.languages import LANGUAGES
from tests.services.content.sample import change, phrase, problems_of, write, write_sample

FRENCH = "data/nlu/fr/garden.yml"
FIRST_BLOCK = "- intent: garden/plant_tree\n  metadata: {register: keyword}"
PLANT = phrase("garden/plant_tree", "fr", "plain", 1)


def test_fewer_than_ten_phrases_are_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, FRENCH, f"    - {PLANT}\n", "")

    assert problems_of(project) == [f"{FRENCH}:6: garden/plant_tree in 'fr' has 9 phrases; at least 10"]


def test_fewer_than_five_registers_are_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, FRENCH, "{register: plain}", "{register: phone}")

    assert problems_of(project) == [f"{FRENCH}:6: garden/plant_tree in 'fr' has 4 registers; at least 5"]


def test_unknown_register_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, FRENCH, FIRST_BLOCK, _sixth_block("posh"))

    (problem,) = problems_of(project)

    assert problem.startswith(f"{FRENCH}:6: garden/plant_tree: the register 'posh' is unknown; it is one of keyword")


def test_missing_register_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, FRENCH, FIRST_BLOCK, _sixth_block(""))

    (problem,) = problems_of(project)

    assert problem.startswith(f"{FRENCH}:6: garden/plant_tree: the register is missing; it is one of keyword")


def _sixth_block(register: str) -> str:
    """One more phrase with its own register, above the first block."""
    metadata = f"{{register: {register}}}" if register else "{}"
    return f"- intent: garden/plant_tree\n  metadata: {metadata}\n  examples: |\n    - one more phrase\n{FIRST_BLOCK}"


def test_missing_register_of_an_evaluation_message_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "tests/evaluation/nl/garden.yml", "{register: plain}", "{}")

    (problem,) = problems_of(project)

    assert problem.startswith("tests/evaluation/nl/garden.yml:6: garden/plant_tree: the register is missing")


@pytest.mark.parametrize(
    ("kind", "fault"), [("", "the kind is missing"), (", kind: remote", "the kind 'remote' is unknown")]
)
def test_out_of_scope_without_near_or_far_is_named(tmp_path: Path, kind: str, fault: str) -> None:
    project = write_sample(tmp_path)
    for language in LANGUAGES:
        text = (project / f"data/nlu/{language}/garden.yml").read_text().split("- intent: garden/prune_tree")[0]
        text = text.replace("garden/plant_tree", "out_of_scope").replace("plant tree", "moon")
        text = text.replace("}", ", kind: far}" if language != "nl" else kind + "}")
        write(project, f"data/nlu/{language}/out_of_scope.yml", text)
    change(project, "domain.yml", "- deny", "- deny\n- out_of_scope")

    problems = problems_of(project)

    assert len(problems) == 5  # once for each register
    assert problems[0] == f"data/nlu/nl/out_of_scope.yml:6: out_of_scope: {fault}; it is one of near, far"


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("a\ttree", "a tab"),
        ("plant [tree](thing)", "a square bracket"),
        ("plant {tree}", "a brace"),
        ("plant a \\ tree", "a backslash"),
        ("/plant", "a leading slash"),
        ("/plant [x] {y}", "a square bracket and a brace and a leading slash"),
    ],
)
def test_sign_that_means_something_to_rasa_is_named(tmp_path: Path, text: str, signs: str) -> None:
    project = write_sample(tmp_path)
    line = change(project, FRENCH, PLANT, text)

    assert problems_of(project) == [f"{FRENCH}:{line}: “{text}” holds {signs}, which Rasa takes for its own sign"]


def test_slash_within_a_phrase_is_accepted(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, FRENCH, PLANT, "arbre et/ou buisson")

    assert problems_of(project) == []
