"""Answers are short, and hold only what every door can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.content.sample import answer, change, problems_of, write_sample

RESPONSES = "data/responses/garden.yml"
FRENCH, DUTCH = answer("garden/plant_tree", "fr"), answer("garden/plant_tree", "nl")


def test_answer_of_more_than_90_words_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, DUTCH, "Ga naar de tuin in de stad. " * 13)

    assert problems_of(project) == [f"{RESPONSES}:7: garden/plant_tree in 'nl': 91 words; at most 90"]


def test_answer_of_90_words_is_accepted(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, DUTCH, "Ga naar de tuin in dit park. " * 12 + "Dat is alles, tot straks hoor.")

    assert problems_of(project) == []


def test_long_sentences_are_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, FRENCH, ("Un " + "mot " * 14 + "fin. ") * 2)

    assert problems_of(project) == [
        f"{RESPONSES}:4: garden/plant_tree in 'fr': 16.0 words a sentence on average; at most 15"
    ]


def test_placeholder_counts_with_the_words_that_are_shown(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, FRENCH, "mot " * 14 + "chez {centre_name}.")

    (problem,) = problems_of(project)

    assert "17.0 words a sentence" in problem


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Lisez <b>ceci</b>.", "HTML (<b>) is not shown; use Markdown"),
        ("Lisez<br/>ceci.", "HTML (<br/>) is not shown; use Markdown"),
        ("Lisez&nbsp;ceci.", "HTML (&nbsp;) is not shown; use Markdown"),
        ("## Lisez ceci", "a heading is not shown; use bold words"),
        ("![Lisez](https://garden.example/a.png)", "an image is not shown"),
        ("[Lisez](http://x.be)", "the link address 'http://x.be' should begin with https://"),
        ("[Lisez](mailto:a@x.be)", "the link address 'mailto:a@x.be' should begin with https://"),
        ("[Lisez](www.x.be)", "the link address 'www.x.be' should begin with https://"),
        ("Lisez http://x.be.", "the link address 'http://x.be' should begin with https://"),
    ],
)
def test_what_no_door_can_show_is_named(tmp_path: Path, text: str, fault: str) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, FRENCH, text)

    assert problems_of(project) == [f"{RESPONSES}:4: garden/plant_tree in 'fr': {fault}"]


@pytest.mark.parametrize(
    "text",
    [
        "Voyez le [site]({website}).",
        "**Important** : R&D, 3 < 4.",
        "- un [lien](https://x.be/a?b=c&d=e)",
        "<https://x.be>",
        "Le n° #3",
    ],
)
def test_plain_markdown_is_accepted(tmp_path: Path, text: str) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, FRENCH, text)

    assert problems_of(project) == []
