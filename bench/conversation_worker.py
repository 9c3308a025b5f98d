"""A process that holds conversations with one engine on an SQLite file, timing each message.

Started by `bench.conversation_figures`: `python -m bench.conversation_worker ENGINE MODEL FOLDER`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.figures import OURS
from bench.worker_pipe import Answer, serve
from bot.commands.quiet import quiet_rasa

#: Takes conversation and text; whether something was said.
Say = Callable[[str, str], Awaitable[bool]]

_DATABASE = "conversations.sqlite"


def prepare() -> tuple[dict[str, Any], Answer]:
    """Load the engine with an empty database and give the function that says messages."""
    engine, model, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for path in folder.glob(f"{_DATABASE}*"):
        path.unlink()
    quiet_rasa()
    say = _ours(folder / _DATABASE) if engine == OURS else _stock(model, folder / _DATABASE)
    loop = asyncio.new_event_loop()

    def say_all(question: dict[str, Any]) -> dict[str, Any]:
        """Say `texts` in a `conversation`; milliseconds of each and how many were answered."""
        milliseconds, answered = [], 0
        for text in question["texts"]:
            begun = time.perf_counter()
            answered += loop.run_until_complete(say(question["conversation"], text))
            milliseconds.append(1000 * (time.perf_counter() - begun))
        return {"milliseconds": milliseconds, "answered": answered}

    return {}, say_all


def _ours(database: Path) -> Say:
    """The brain with the release in the data folder, as the turn channel calls it."""
    from actions.in_process import run_action
    from bot.engine.local_brain import local_brain
    from bot.engine.turn import Turn
    from bot.foundation.settings import read_settings

    brain = local_brain(read_settings(), run_action, f"sqlite:///{database}")
    count = 0

    async def say(conversation: str, text: str) -> bool:
        nonlocal count
        count += 1
        result = await brain.take(Turn(conversation, f"turn-{count}", text=text))
        return bool(result.reply["parts"])

    return say


def _stock(model: Path, database: Path) -> Say:
    """Rasa's agent with its own SQL tracker store and templates, as its REST channel calls it."""
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.domain import Domain

    store = SQLTrackerStore(Domain.empty(), dialect="sqlite", db=str(database))
    agent = Agent.load(model, tracker_store=store)

    async def say(conversation: str, text: str) -> bool:
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, channel, sender_id=conversation))
        return bool(channel.messages)

    return say


if __name__ == "__main__":
    serve(prepare)
