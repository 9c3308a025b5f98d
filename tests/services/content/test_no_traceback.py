"""Whatever stands in a file, the checks answer with problems and never with an error of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.content.sample import problems_of, write, write_sample

FILES = [
    "domain.yml",
    "data/stories/answers.yml",
    "data/topics/themes.yml",
    "data/topics/garden.yml",
    "data/responses/garden.yml",
    "data/texts/engine.yml",
    "data/centre.yml",
    "data/nlu/nl/garden.yml",
    "tests/evaluation/fr/garden.yml",
]
GARBAGE = {
    "empty": "",
    "comment": "# nothing\n",
    "list": "- a\n- b\n",
    "word": "word\n",
    "tab": "a:\n\tb: c\n",
    "unclosed": "a: [b\n",
    "numbers": "1: 2\n3: 4\n",
    "control": "a: \x01\n",
    "unsafe": "a: !!python/object/apply:os.system [ls]\n",
    "itself": "a: &a [*a]\n",
    "nothing": "nlu:\nrules:\nintents:\ntopics:\nthemes:\nresponses:\ntexts:\nplaceholders:\n",
    "odd": (
        "nlu: [1, {intent: [a]}, {intent: a, metadata: b}, {intent: a, examples: 3}]\n"
        "rules: [1, {steps: 2}, {steps: [3, {intent: {a: b}}]}]\n"
        "intents: {a: b}\n"
        "topics: {1: 2, a/b: 3, c/d: {title: 4, next_steps: [5]}, e: {title: {fr: 6}}, f: {title: x}}\n"
        "dialogue: {g: {next_steps: h}}\n"
        "themes: {i: j, k: {title: l, starters: m}, n: {title: o, starters: [p], q: r}}\n"
        "responses: {1: 2, utter_a: 3, utter_b: [4, {text: 5}, {text: c, condition: d}],"
        " utter_c: [{text: e, condition: [{}]}, {text: f, condition: [g]}]}\n"
        "texts: {1: 2, a: {fr: 3}, b: [c], d: {}}\n"
        "placeholders: {no: yes, f: [g], h: 1.5}\n"
    ),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("garbage", list(GARBAGE))
def test_garbage_in_a_file_is_a_problem(tmp_path: Path, name: str, garbage: str) -> None:
    project = write_sample(tmp_path)
    write(project, name, GARBAGE[garbage])

    assert problems_of(project)


@pytest.mark.parametrize("name", FILES)
def test_folder_in_place_of_a_file_is_a_problem(tmp_path: Path, name: str) -> None:
    project = write_sample(tmp_path)
    (project / name).unlink()
    (project / name).mkdir()

    assert problems_of(project)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_file_that_lost_some_characters_is_no_error(tmp_path: Path, data: st.DataObject) -> None:
    project = write_sample(tmp_path)
    name = data.draw(st.sampled_from(FILES))
    text = (project / name).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(alphabet="{}[]:-|&*!#'\" \n\tañ1", max_size=5))

    write(project, name, text[:start] + put + text[start + data.draw(st.integers(0, 40)) :])

    assert isinstance(problems_of(project), list)
