"""A broken content file is named by file and line, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.foundation.yaml_files import YamlFileError, read_mapping, read_yaml


def write(folder: Path, content: bytes) -> Path:
    path = folder / "x.yml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"a: 1\nb: [1, 2\nc: 3\n", 3, "expected"),
        (b"a:\n  b: 1\n\tc: 2\n", 3, "tab"),
        ("a: 1\nb: caf\xe9\n".encode("latin-1"), 2, "UTF-8"),
        (b"a: 1\nb: 2\na: 3\n", 3, "second time"),
        (b"a: 1\nb: \x00\n", None, "character"),
        (b"? [1, 2]\n: 3\n", 1, "plain word"),
        (b"a: !!python/object:os.system {}\n", 1, "constructor"),
    ],
)
def test_a_fault_is_named_by_file_and_line(tmp_path: Path, content: bytes, line: int | None, words: str) -> None:
    with pytest.raises(YamlFileError) as caught:
        read_yaml(write(tmp_path, content))

    assert "x.yml" in str(caught.value)
    assert words in caught.value.problem
    if line is not None:
        assert caught.value.line == line


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(YamlFileError, match="cannot be read"):
        read_yaml(tmp_path / "none.yml")


def test_a_list_where_keys_are_expected_is_named(tmp_path: Path) -> None:
    with pytest.raises(YamlFileError, match="keys and values"):
        read_mapping(write(tmp_path, b"- 1\n- 2\n"))


def test_keys_know_their_lines_and_dates_stay_text(tmp_path: Path) -> None:
    content = read_mapping(write(tmp_path, b"a:\n  as_of: 2020-11-01\n  month: 2020-11\n"))

    assert content["a"] == {"as_of": "2020-11-01", "month": "2020-11"}
    assert content["a"].line_of("month") == 3
