"""Reads two public sets of messages with intents, BANKING77 and CLINC150, from files that the caller has."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from bench.parts import BenchFailed

#: A text and its label.
Labelled = tuple[str, str]

#: The label of CLINC150's messages that belong to no intent, as in its files.
OUT_OF_SCOPE_LABEL = "oos"


@dataclass(frozen=True)
class PublicSet:
    """A set with its published division. The out-of-scope messages are empty where a set has none."""

    name: str
    train: tuple[Labelled, ...]
    test: tuple[Labelled, ...]
    out_of_scope_train: tuple[Labelled, ...] = ()
    out_of_scope_test: tuple[Labelled, ...] = ()


def read_banking77(folder: Path) -> PublicSet:
    """`train.csv` and `test.csv` with the columns text and category. Raises BenchFailed."""
    return PublicSet("BANKING77", _read_csv(folder / "train.csv"), _read_csv(folder / "test.csv"))


def read_clinc150(file: Path) -> PublicSet:
    """The JSON file of the full set, whose lists hold pairs of text and label. Raises BenchFailed."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        parts = {
            key: tuple((str(text), str(label)) for text, label in content[key])
            for key in ("train", "test", "oos_train", "oos_test")
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BenchFailed(f"{file}: is not the file of CLINC150 ({type(error).__name__})") from None
    return PublicSet("CLINC150", parts["train"], parts["test"], parts["oos_train"], parts["oos_test"])


def _read_csv(path: Path) -> tuple[Labelled, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple((row["text"], row["category"]) for row in csv.DictReader(file))
    except (OSError, ValueError, KeyError) as error:
        raise BenchFailed(f"{path}: is not a file of BANKING77 ({type(error).__name__})") from None
