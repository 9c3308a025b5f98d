"""The steps of a message are read from the newest turns that the gateway kept."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bench.chain_steps import step_figures


def test_the_median_of_each_step_comes_from_the_newest_turns(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "faqbot.sqlite") as connection:
        connection.execute("CREATE TABLE turn (created_at TEXT, milliseconds TEXT)")
        kept = [
            ("2026-01-01", {"waiting": 900.0, "understanding": 900.0}),
            ("2026-01-02", {"waiting": 1.0, "understanding": 5.0, "rules": 2.0}),
            ("2026-01-03", {"waiting": 3.0, "understanding": 5.0, "rules": 2.0}),
            ("2026-01-04", {"waiting": 2.0}),
        ]
        connection.executemany("INSERT INTO turn VALUES (?, ?)", [(at, json.dumps(took)) for at, took in kept])

    figures = step_figures(tmp_path, visitors=8, messages=3)

    values = {figure.name: figure.ours for figure in figures}
    assert values == {
        "of it gateway and queue, 8 visitors, median": 2.0,
        "of it understanding, 8 visitors, median": 5.0,
        "of it rules and words, 8 visitors, median": 2.0,
    }
