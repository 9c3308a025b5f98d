"""A phrase stands under one topic, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.content.checks.folding import folded
from tests.services.content.sample import change, message, phrase, problems_of, write_sample

FRENCH, DUTCH = "data/nlu/fr/garden.yml", "data/nlu/nl/garden.yml"
PLANT = phrase("garden/plant_tree", "fr", "plain", 1)
PRUNE_DUTCH = phrase("garden/prune_tree", "nl", "plain", 1)


def test_phrase_under_two_topics_is_named_with_both_places(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, DUTCH, PRUNE_DUTCH, "Plànt TREE, fr plain: 1!")

    assert problems_of(project) == [
        f"{DUTCH}:{line}: “Plànt TREE, fr plain: 1!” stands under garden/prune_tree "
        f"and under garden/plant_tree ({FRENCH}:11)"
    ]


def test_phrase_twice_in_one_topic_and_language_is_named_once(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, FRENCH, phrase("garden/plant_tree", "fr", "need", 2), PLANT.upper())

    assert problems_of(project) == [
        f"{FRENCH}:{line}: “{PLANT.upper()}” stands twice under garden/plant_tree (also {FRENCH}:11)"
    ]


def test_message_twice_in_the_evaluation_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    plant, prune = message("garden/plant_tree", "en"), message("garden/prune_tree", "en")
    line = change(project, "tests/evaluation/en/garden.yml", prune, plant)

    (problem,) = problems_of(project)

    assert problem.startswith(f"tests/evaluation/en/garden.yml:{line}: “{plant}” stands under garden/prune_tree")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ça coûte combien ?", "ca coute combien"),
        ("l'œuvre", "L’OEUVRE!"),
        ("één  boom", "een boom"),
        ("Où?", "ou"),
    ],
)
def test_case_accents_and_punctuation_make_no_other_phrase(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("🙄🙄", "🍕🍕"), ("......", "???"), ("10 h", "11 h")])
def test_texts_without_words_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)
