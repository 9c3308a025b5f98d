"""Faults of form become problems with file and line, all of them, and the other files are still checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.foundation.yaml_files import YamlFileError
from bot.services.content.draft import read_draft, read_words_file, response_variations
from tests.services.content.sample import change, problems_of, write, write_sample

RESPONSES, CARDS, TEXTS = "data/responses/garden.yml", "data/topics/garden.yml", "data/texts/engine.yml"
DUTCH = """\
  - condition: [{type: slot, name: language, value: nl}]
    text: |-
      Answer nl plant_tree. Call {freephone}.
"""


def test_answer_without_dutch_is_named_with_its_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, DUTCH, "")

    assert problems_of(project) == [f"{RESPONSES}:3: the answer 'garden/plant_tree' has no text in 'nl'"]


def test_title_without_english_is_named_with_its_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, ', en: "Plant a tree"', "")

    assert problems_of(project) == [f"{CARDS}:{line}: 'title' has no words in 'en'"]


def test_text_without_french_is_named_with_its_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, TEXTS, "fr: Parler à une personne, ", "")

    assert problems_of(project) == [f"{TEXTS}:{line}: 'choice_human' has no words in 'fr'"]


def test_empty_text_is_named_with_its_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, TEXTS, "{fr: Parler à une personne, nl: Met iemand praten, en: Talk to a person}", '" "')

    assert problems_of(project) == [f"{TEXTS}:{line}: 'choice_human' should have words in fr, nl, en"]


def test_theme_title_in_one_language_is_named_with_its_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, "data/topics/themes.yml", "{fr: Jardin, nl: Tuin, en: Garden}", "{fr: Jardin}")

    assert problems_of(project) == [f"data/topics/themes.yml:{line}: 'title' has no words in 'nl'"]


def test_all_faults_of_a_file_are_listed(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, "value: nl", "value: de")
    change(project, RESPONSES, "value: en", "value: fr")

    lines = [problem.split(":")[1] for problem in problems_of(project)]

    assert lines == ["6", "9"]


def test_condition_that_cannot_match_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, RESPONSES, "name: language, value: nl", "name: languages, value: nl")

    (problem,) = problems_of(project)

    assert problem.startswith(f"{RESPONSES}:{line}: the condition should be [{{type: slot, name: language")


def test_condition_on_the_default_language_can_never_match(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, RESPONSES, "value: nl", "value: fr")

    (problem,) = problems_of(project)

    assert problem.startswith(f"{RESPONSES}:{line}: this condition can never match")


def test_answer_for_one_channel_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, "  - text: |-", "  - channel: facebook\n    text: |-")

    assert problems_of(project) == [f"{RESPONSES}:4: an answer has only text and condition, not 'channel'"]


def test_language_twice_in_an_answer_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, "value: nl", "value: en")

    assert problems_of(project) == [
        f"{RESPONSES}:10: the answer 'utter_garden/plant_tree' has the language 'en' twice"
    ]


def test_key_twice_in_one_file_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    line = change(project, CARDS, "  garden/prune_tree:", "  garden/plant_tree:")

    assert f"{CARDS}:{line}: the key 'garden/plant_tree' stands here a second time" in problems_of(project)


def test_answer_in_two_files_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/responses/other.yml", (project / RESPONSES).read_text())

    assert problems_of(project) == [
        "data/responses/other.yml:3: the answer 'garden/plant_tree' stands in another file too",
        "data/responses/other.yml:12: the answer 'garden/prune_tree' stands in another file too",
    ]


def test_card_in_two_files_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/topics/other.yml", (project / CARDS).read_text())

    assert problems_of(project)[0] == ("data/topics/other.yml:2: 'garden/plant_tree' stands in another file too")


def test_text_in_two_files_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/texts/other.yml", "texts:\n  choice_human: Mensch\n")

    assert problems_of(project) == ["data/texts/other.yml:2: the text 'choice_human' stands in another file too"]


def test_broken_file_is_one_problem_and_the_others_are_still_checked(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, RESPONSES, "responses:\n  utter_garden/plant_tree: [\n")
    line = change(project, CARDS, '    as_of: "2020"', '    as_of: "last year"')

    problems = problems_of(project)

    assert len(problems) == 2
    assert problems[0].startswith(f"{RESPONSES}:")
    assert problems[1].startswith(f"{CARDS}:{line}: garden/plant_tree: as_of")


def test_file_that_is_not_utf8_is_a_problem_with_its_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    path = project / TEXTS
    path.write_bytes(path.read_bytes().replace("à".encode(), b"\xe0"))

    assert problems_of(project) == [f"{TEXTS}:2: is not UTF-8; save the file as UTF-8"]


def test_block_of_phrases_without_intent_is_a_problem(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(
        project,
        "data/nlu/nl/more.yml",
        'version: "3.1"\nnlu:\n- intents: a\n- intent: deny\n  examples: [nee]\n',
    )

    assert problems_of(project) == [
        "data/nlu/nl/more.yml:3: a block of phrases needs an intent",
        "data/nlu/nl/more.yml:5: examples should be a text block: `examples: |`",
    ]


def test_empty_project_gives_problems_and_no_error(tmp_path: Path) -> None:
    problems = problems_of(tmp_path)

    assert "domain.yml: cannot be read (No such file or directory)" in problems


def test_draft_stops_at_the_first_fault(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RESPONSES, DUTCH, "")

    with pytest.raises(YamlFileError, match=r"garden\.yml:3: the answer .* has no text in 'nl'"):
        read_draft(project / "data")


def test_variations_of_an_answer_come_with_language_text_and_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    path, name, line, variations = next(response_variations(project / "data/responses"))

    assert (path.name, name, line) == ("garden.yml", "garden/plant_tree", 3)
    assert variations[1] == ("nl", "Answer nl plant_tree. Call {freephone}.", 7)


def test_plain_value_of_the_centre_serves_all_languages(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    words = read_words_file(project / "data/centre.yml", "placeholders")

    assert words["freephone"] == {"fr": "0800 555 66", "nl": "0800 555 66", "en": "0800 555 66"}
