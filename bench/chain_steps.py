"""Where a message's time goes inside our bot, from the turns that the gateway has kept."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bench.figures import MILLISECONDS, OURS, Figure, figure_of, percentile
from bench.parts import CHAIN

#: The steps of one message in order; `waiting` is all that is not the brain: storing, queueing, storing again.
_STEPS = {"waiting": "gateway and queue", "understanding": "understanding", "rules": "rules and words"}


def step_figures(state: Path, visitors: int, messages: int) -> list[Figure]:
    """The median of each step over the newest `messages` turns of the bot whose state is in this folder."""
    newest = "SELECT milliseconds FROM turn ORDER BY created_at DESC LIMIT ?"
    with sqlite3.connect(state / "faqbot.sqlite") as connection:
        kept = [json.loads(row[0]) for row in connection.execute(newest, (messages,))]
    at = f"{visitors} visitor{'s' if visitors > 1 else ''}"
    figures = []
    for step, name in _STEPS.items():
        times = [turn[step] for turn in kept if step in turn]
        if times:
            title = f"of it {name}, {at}, median"
            figures.append(figure_of(CHAIN, title, MILLISECONDS, {OURS: percentile(times, 50)}))
    return figures
