"""A topic needs phrases in every language, an answer, a card and a theme."""

from __future__ import annotations

from pathlib import Path

from bot.foundation.languages import LANGUAGES
from tests.services.content.sample import change, problems_of, write, write_sample

RESPONSES, CARDS = "data/responses/garden.yml", "data/topics/garden.yml"


def cut_from(project: Path, name: str, start: str) -> None:
    """Drop the end of a file, from a text on."""
    text = (project / name).read_text(encoding="utf-8")
    write(project, name, text[: text.index(start)])


def test_topic_without_answer_is_named_at_its_phrases_and_its_card(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    cut_from(project, RESPONSES, "  utter_garden/prune_tree")

    assert problems_of(project) == [
        "data/nlu/fr/garden.yml:31: garden/prune_tree has phrases but no answer",
        f"{CARDS}:10: garden/prune_tree has a card but no answer",
    ]


def test_topic_without_card_is_named_at_its_phrases_and_its_answer(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    cut_from(project, CARDS, "  garden/prune_tree")
    change(project, CARDS, '"topic:garden/prune_tree", ', "")

    assert problems_of(project) == [
        "data/nlu/fr/garden.yml:31: garden/prune_tree has phrases but no card",
        f"{RESPONSES}:12: garden/prune_tree has an answer but no card",
    ]


def test_answer_without_phrases_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    for language in LANGUAGES:
        cut_from(project, f"data/nlu/{language}/garden.yml", "- intent: garden/prune_tree")
        cut_from(project, f"tests/evaluation/{language}/garden.yml", "- intent: garden/prune_tree")

    assert problems_of(project) == [f"{RESPONSES}:12: garden/prune_tree has an answer but no phrases"]


def test_topic_without_phrases_in_one_language_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    cut_from(project, "data/nlu/nl/garden.yml", "- intent: garden/prune_tree")

    assert problems_of(project) == ["data/nlu/fr/garden.yml:31: garden/prune_tree has no phrases in 'nl'"]


def test_nothing_is_missing_that_may_stand_in_an_unreadable_file(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, CARDS, "topics: {")

    assert len(problems_of(project)) == 1


def test_topic_of_an_unknown_theme_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "data/topics/themes.yml", "  garden:", "  gardens:")

    wanted = f"{CARDS}:2: the theme of garden/plant_tree does not stand in data/topics/themes.yml"
    assert wanted in problems_of(project)


def test_phrases_for_an_unknown_intent_are_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    for language in LANGUAGES:
        text = (project / f"data/nlu/{language}/garden.yml").read_text(encoding="utf-8")
        one_topic = text[: text.index("- intent: garden/prune_tree")]
        text = one_topic.replace("garden/plant_tree", "mow").replace("plant tree", "mow lawn")
        write(project, f"data/nlu/{language}/mow.yml", text)

    assert problems_of(project) == [
        "data/nlu/fr/mow.yml:6: 'mow' is neither theme/topic nor an intent that the bot knows"
    ]


def test_message_for_a_topic_that_no_phrase_teaches_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "tests/evaluation/nl/garden.yml", "garden/plant_tree", "garden/plant_flower")

    assert problems_of(project) == [
        "tests/evaluation/nl/garden.yml:6: no phrase teaches 'garden/plant_flower', which this message expects"
    ]
