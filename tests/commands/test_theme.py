"""`faqbot theme new` makes a theme in all its places, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands.__main__ import OPERATOR_ERRORS, app
from bot.foundation.languages import LANGUAGES
from bot.foundation.names import PLAIN_INTENTS, REGISTERS
from bot.foundation.yaml_files import read_mapping
from bot.services.content.draft import read_draft
from bot.services.content.phrases import read_phrases
from bot.services.content.skeleton import REGISTER_MEANINGS, ThemeRefused, new_theme
from tests.services.content.sample import problems_of, write, write_sample


def snapshot(project: Path) -> dict[str, bytes]:
    """Every file of the project."""
    return {str(path): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_new_theme_stands_in_every_place_and_language(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    made = new_theme(project, "kitchen")

    content = read_draft(project / "data")
    assert set(content.answers["kitchen/first_topic"]) == set(LANGUAGES)
    assert content.cards["kitchen/first_topic"].next_steps == ("human",)
    assert content.themes["kitchen"].starters == ("kitchen/first_topic",)
    assert "kitchen" in read_mapping(project / "domain.yml")["intents"]
    rules = read_mapping(project / "data/stories/answers.yml")["rules"]
    assert {"intent": "kitchen"} in rules[-1]["steps"]
    assert len(made.new) == 5
    assert [path.as_posix() for path in made.edited] == [
        "data/topics/themes.yml",
        "data/stories/answers.yml",
        "domain.yml",
    ]


def test_new_theme_has_a_block_for_each_register_and_language(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    new_theme(project, "kitchen")

    phrases = [phrase for phrase in read_phrases(project / "data/nlu") if phrase.intent == "kitchen/first_topic"]
    assert [(phrase.language, phrase.register) for phrase in phrases] == [
        (language, register) for language in LANGUAGES for register in REGISTERS
    ]
    assert set(REGISTER_MEANINGS) == set(REGISTERS)


def test_comments_and_order_of_edited_files_stay(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    before = (project / "domain.yml").read_text()

    new_theme(project, "kitchen")

    assert (project / "domain.yml").read_text() == before.replace("- garden\n", "- garden\n- kitchen\n")


def test_check_says_what_is_still_to_be_written(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    new_theme(project, "kitchen")

    problems = problems_of(project)
    assert "data/responses/kitchen.yml:4: kitchen/first_topic has an answer but no phrases" in problems
    others = [problem for problem in problems if "TO WRITE" not in problem and "no phrases" not in problem]
    assert others == []
    named = {problem.split(":")[0] for problem in problems}
    assert named == {
        *(f"data/nlu/{language}/kitchen.yml" for language in LANGUAGES),
        "data/responses/kitchen.yml",
        "data/topics/kitchen.yml",
        "data/topics/themes.yml",
    }


@pytest.mark.parametrize(
    "name",
    [
        *("", "Kitchen", "my-kitchen", "küche", "2kitchen", "_kitchen", "a/b", "../a", "a" * 42, "a\n"),
        *(
            "smalltalk",
            "dialogue",
            "crisis",
            "not_crisis",
            "out_of_scope",
            "themes",
            "nlu_fallback",
            "no",
            "rules",
        ),
        *PLAIN_INTENTS,
    ],
)
def test_bad_or_reserved_name_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    project = write_sample(tmp_path)
    before = snapshot(project)

    with pytest.raises(ThemeRefused) as refused:
        new_theme(project, name)

    assert "\n" not in str(refused.value)
    assert snapshot(project) == before


def test_theme_that_is_there_is_refused(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    before = snapshot(project)

    with pytest.raises(ThemeRefused, match=r"'garden' stands in themes\.yml already"):
        new_theme(project, "garden")

    assert snapshot(project) == before


def test_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/responses/kitchen.yml", "responses: {}\n")
    before = snapshot(project)

    with pytest.raises(ThemeRefused, match=r"data/responses/kitchen\.yml is there already"):
        new_theme(project, "kitchen")

    assert snapshot(project) == before


def test_broken_rules_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/stories/answers.yml", "rules: [\n")
    before = snapshot(project)

    with pytest.raises(ThemeRefused, match=r"answers\.yml"):
        new_theme(project, "kitchen")

    assert snapshot(project) == before


def test_what_was_written_before_a_failure_is_taken_back(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    (project / "data/responses/garden.yml").unlink()
    (project / "data/responses").rmdir()
    write(project, "data/responses", "a file where a folder should be")
    before = snapshot(project)

    with pytest.raises(ThemeRefused, match="cannot be written"):
        new_theme(project, "kitchen")

    assert snapshot(project) == before


def test_refusal_is_an_operators_error_in_one_line() -> None:
    result = CliRunner().invoke(app, ["theme", "new", "smalltalk"])

    assert isinstance(result.exception, ThemeRefused)
    assert isinstance(result.exception, OPERATOR_ERRORS)
    assert str(result.exception) == "'smalltalk' is a name of the bot itself; choose another"
