"""A process that loads one engine's model with Rasa's agent and parses messages, timing each.

Started by `bench.understanding_figures`: `python -m bench.parse_worker ENGINE MODEL FOLDER`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

from bench.figures import OURS
from bench.predictions import best_intent
from bench.worker_pipe import Answer, resident_megabytes, serve
from bot.commands.quiet import quiet_rasa


def prepare() -> tuple[dict[str, Any], Answer]:
    """Import, load, and give load time (seconds), memory (MB) and the function that parses messages."""
    engine, model = sys.argv[1], sys.argv[2]
    quiet_rasa()
    # Rasa's own imports (8 s, the same for both) come before the clock starts.
    import rasa.engine.recipes.default_components  # noqa: F401
    from rasa.core.agent import Agent

    if engine == OURS:
        import bot.engine.understanding_component  # noqa: F401

    imported = resident_megabytes()
    started = time.perf_counter()
    agent = Agent.load(model)
    first = {
        "load_seconds": time.perf_counter() - started,
        "imported_megabytes": imported,
        "resident_megabytes": resident_megabytes(),
    }
    loop = asyncio.new_event_loop()

    def parse(question: dict[str, Any]) -> dict[str, Any]:
        """Parse `texts`; milliseconds and best intent of each, and the memory afterwards."""
        milliseconds, intents = [], []
        for text in question["texts"]:
            begun = time.perf_counter()
            parsed = loop.run_until_complete(agent.parse_message(text))
            milliseconds.append(1000 * (time.perf_counter() - begun))
            intents.append(best_intent(engine, parsed))
        return {
            "milliseconds": milliseconds,
            "intents": intents,
            "resident_megabytes": resident_megabytes(),
        }

    return first, parse


if __name__ == "__main__":
    serve(prepare)
