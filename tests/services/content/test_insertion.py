"""A new entry goes into a YAML file by its lines; the rest of the file stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.content.insertion import CannotInsert, insert_entry, insert_item


def file_of(folder: Path, text: str) -> Path:
    path = folder / "x.yml"
    path.write_bytes(text.encode())
    return path


def test_entry_comes_last_and_comments_stay(tmp_path: Path) -> None:
    path = file_of(tmp_path, "# top\nthings:\n  a: {x: 1}  # one\n\n# below\nothers: [1]\n")

    text = insert_entry(path, "things", "b", ["b:", "  x: 2"])

    assert text == "# top\nthings:\n  a: {x: 1}  # one\n  b:\n    x: 2\n\n# below\nothers: [1]\n"


def test_entry_fits_a_file_without_last_line_end(tmp_path: Path) -> None:
    path = file_of(tmp_path, "things:\n    a:\n        - 1\n        - 2")

    text = insert_entry(path, "things", "b", ["b: [3]"])

    assert text == "things:\n    a:\n        - 1\n        - 2\n    b: [3]\n"


def test_item_goes_above_another(tmp_path: Path) -> None:
    path = file_of(tmp_path, "intents:\n- a\n- smalltalk\n# plain\n- b: {use: []}\n")

    assert insert_item(path, "intents", ["- c"], before="smalltalk") == (
        "intents:\n- a\n- c\n- smalltalk\n# plain\n- b: {use: []}\n"
    )


def test_item_comes_last_without_the_other(tmp_path: Path) -> None:
    path = file_of(tmp_path, "rules:\r\n  - rule: one\r\n    steps:\r\n    - intent: a\r\n")

    text = insert_item(path, "rules", ["- rule: two", "  steps:", "  - intent: b"], before="three")

    assert text == (
        "rules:\r\n  - rule: one\r\n    steps:\r\n    - intent: a\r\n"
        "  - rule: two\r\n    steps:\r\n    - intent: b\r\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("things: {a: 1}\n", "one entry a line"),
        ("things:\n", "nothing under things"),
        ("other: 1\n", "nothing under things"),
        ("things:\n- a\n", "one entry a line"),
        ("things: [\n", r"x\.yml"),
        ("things:\n  a: 1\n  b: 2\n", "'b' stands in x.yml already"),
    ],
)
def test_file_of_another_form_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(CannotInsert, match=reason):
        insert_entry(file_of(tmp_path, text), "things", "b", ["b: 3"])


@pytest.mark.parametrize("text", ["intents: [a]\n", "intents:\n- b: {use: []}\n", "intents:\n  a: 1\n"])
def test_list_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CannotInsert):
        insert_item(file_of(tmp_path, text), "intents", ["- b"], before="smalltalk")
