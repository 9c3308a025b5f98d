"""No two phrases of a topic say the same, and no evaluation message was taught."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.services.content.checks.check_content import check_content
from bot.services.content.checks.fast_vectors import fast_vectors
from bot.understanding.encoders import SentenceEncoders
from tests.services.content.sample import FakeEncoder, change, message, phrase, problems_of, write_sample

FRENCH, DUTCH = "data/nlu/fr/garden.yml", "data/nlu/nl/garden.yml"
ONE = phrase("garden/plant_tree", "fr", "plain", 1)
OTHER = phrase("garden/plant_tree", "nl", "story", 2)
PRUNE = phrase("garden/prune_tree", "nl", "story", 2)
MESSAGE = message("garden/plant_tree", "en")
EVALUATION = "tests/evaluation/en/garden.yml"


def test_two_like_phrases_of_a_topic_are_named_once_with_both_places(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    problems = problems_of(project, FakeEncoder({OTHER: (ONE, 0.96)}))

    assert problems == [f"{FRENCH}:11: “{ONE}” is too like (0.960) “{OTHER}” of the same topic ({DUTCH}:22)"]


def test_phrases_at_the_limit_are_accepted(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    assert problems_of(project, FakeEncoder({OTHER: (ONE, 0.94)})) == []


def test_like_phrases_of_two_topics_are_accepted(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    assert problems_of(project, FakeEncoder({PRUNE: (ONE, 0.99)})) == []


def test_message_that_is_like_a_phrase_of_any_topic_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    problems = problems_of(project, FakeEncoder({MESSAGE: (PRUNE, 0.92)}))

    assert problems == [f"{EVALUATION}:6: “{MESSAGE}” is too like (0.920) “{PRUNE}” of the training ({DUTCH}:47)"]


def test_message_that_differs_in_accents_only_is_named_whatever_the_vectors_say(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    same = ONE.replace("a", "à").upper()
    line = change(project, EVALUATION, MESSAGE, same)

    assert problems_of(project) == [
        f"{EVALUATION}:{line}: “{same}” is the same as “{ONE}” of the training ({FRENCH}:11)"
    ]


def test_same_phrase_of_a_topic_in_two_languages_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, DUTCH, OTHER, ONE)

    assert problems_of(project) == [f"{FRENCH}:11: “{ONE}” is the same as “{ONE}” of the same topic ({DUTCH}:{line})"]


def test_second_check_encodes_nothing_again(tmp_path: Path) -> None:
    project, cache = write_sample(tmp_path), tmp_path / "cache" / "checked.npz"
    check_content(project, encoder=FakeEncoder(), cache=cache)
    second = FakeEncoder()

    assert check_content(project, encoder=second, cache=cache) == []
    assert second.encoded == []


def test_damaged_cache_is_written_anew(tmp_path: Path) -> None:
    cache = tmp_path / "checked.npz"
    cache.write_bytes(b"PK\x03\x04 not a zip")

    vectors = fast_vectors(["a", "b", "a"], FakeEncoder(), cache)

    assert vectors.shape == (3, 512)
    assert np.array_equal(vectors, fast_vectors(["a", "b", "a"], FakeEncoder(), cache))


def test_real_encoder_finds_a_message_in_other_words_too_like(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, FRENCH, ONE, "À quelle adresse e-mail puis-je vous écrire ?")
    line = change(project, EVALUATION, MESSAGE, "À quelle adresse mail puis-je vous écrire ?")

    problems = [str(problem) for problem in check_content(project, encoder=SentenceEncoders())]

    assert any(problem.startswith(f"{EVALUATION}:{line}: “À quelle adresse mail") for problem in problems)
