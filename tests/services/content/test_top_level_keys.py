"""No file of ours looks to Rasa like its own, and none of Rasa's escapes us."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.content.sample import change, problems_of, write, write_sample


@pytest.mark.parametrize("name", ["data/topics/garden.yml", "data/texts/engine.yml", "data/centre.yml"])
@pytest.mark.parametrize("key", ["nlu", "stories", "intents", "slots", "session_config", "lookup"])
def test_key_of_rasa_is_named(tmp_path: Path, name: str, key: str) -> None:
    project = write_sample(tmp_path)
    lines = (project / name).read_text(encoding="utf-8").splitlines()
    write(project, name, "\n".join([*lines, f"{key}: []"]) + "\n")

    assert problems_of(project) == [
        f"{name}:{len(lines) + 1}: Rasa would take the key {key!r} for its own; this file may not have it"
    ]


def test_key_that_nobody_reads_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/topics/more.yml", "topic:\n  garden/mow: {}\n")

    assert problems_of(project) == [
        "data/topics/more.yml:1: the key 'topic' is none of dialogue, themes, topics; what is under it is not read"
    ]


def test_line_of_a_text_that_looks_like_rules_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    text = "    en: |-\n      Our\n      rules: none"
    line = change(project, "data/texts/engine.yml", '    en: "This is {theme}."', text)

    assert problems_of(project) == [
        f"data/texts/engine.yml:{line + 2}: "
        "a line that begins with 'rules:' makes Rasa read this file; write it otherwise"
    ]


def test_file_that_only_rasa_would_read_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/nlu/fr/more.yaml", "nlu: []\n")
    write(project, "data/nlu/more.yml", "nlu: []\n")

    assert problems_of(project) == [
        "data/nlu/fr/more.yaml: a file that ends in .yaml is read by Rasa but not by us: use .yml",
        "data/nlu/more.yml: phrases stand in data/nlu/fr, data/nlu/nl, data/nlu/en, not here",
    ]
