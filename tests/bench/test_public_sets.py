"""Public sets are read from the caller's files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.parts import BenchFailed
from bench.public_sets import read_banking77, read_clinc150


def test_banking77_is_read_from_two_tables(tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text('text,category\n"My card, where is it?",card_arrival\n', encoding="utf-8")
    (tmp_path / "test.csv").write_text("text,category\nWhat does it cost?,fees\n", encoding="utf-8")

    found = read_banking77(tmp_path)

    assert found.train == (("My card, where is it?", "card_arrival"),)
    assert found.test == (("What does it cost?", "fees"),)
    assert not found.out_of_scope_train


def test_clinc150_is_read_from_one_file(tmp_path: Path) -> None:
    keys = ("train", "val", "test", "oos_train", "oos_val", "oos_test")
    content = {key: [[f"a text of {key}", "a label"]] for key in keys}
    (tmp_path / "full.json").write_text(json.dumps(content), encoding="utf-8")

    found = read_clinc150(tmp_path / "full.json")

    assert found.train == (("a text of train", "a label"),)
    assert found.out_of_scope_test == (("a text of oos_test", "a label"),)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text("question,intent\na,b\n", encoding="utf-8")
    (tmp_path / "full.json").write_text("[]", encoding="utf-8")

    with pytest.raises(BenchFailed, match="BANKING77"):
        read_banking77(tmp_path)
    with pytest.raises(BenchFailed, match="CLINC150"):
        read_clinc150(tmp_path / "full.json")
