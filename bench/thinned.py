"""Copies the checkout with a share of its phrases: `python -m bench.thinned FOLDER --every 4`.

Stock Rasa needs two hours on two cores for all phrases. In the copy `make bench` compares both engines on
exactly the same share of them, in the time that there is. The share is taken evenly from every intent.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from bot.foundation.settings import PROJECT_FOLDER

_LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", ".tools", ".rasa", "var", "__pycache__", ".*_cache")


def thinned(folder: Path, every: Annotated[int, typer.Option(min=2, help="Keep one phrase of so many.")] = 4) -> None:
    """Copy the checkout into FOLDER (which must not exist) with one of EVERY phrases of each intent."""
    shutil.copytree(PROJECT_FOLDER, folder, ignore=_LEFT_BEHIND)
    kept = sum(_thin(path, every) for path in sorted((folder / "data/nlu").rglob("*.yml")))
    typer.echo(f"{kept} phrases kept in {folder}")


def _thin(path: Path, every: int) -> int:
    """Rewrite one file of phrases; how many stay. Counts within an intent, over all its entries."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    position: Counter[str] = Counter()
    entries = []
    for entry in content["nlu"]:
        phrases = []
        for phrase in entry["examples"].splitlines():
            if position[entry["intent"]] % every == 0:
                phrases.append(phrase)
            position[entry["intent"]] += 1
        if phrases:
            entries.append({**entry, "examples": "\n".join(phrases) + "\n"})
    path.write_text(_dumped({**content, "nlu": entries}), encoding="utf-8")
    return sum(len(entry["examples"].splitlines()) for entry in entries)


class _Dumper(yaml.SafeDumper):
    """Writes phrases one a line, as our own reader wants them."""


def _in_lines(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _in_lines)


def _dumped(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


if __name__ == "__main__":
    typer.run(thinned)
