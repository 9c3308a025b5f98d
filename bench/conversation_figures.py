"""How long an early and a late message of a long conversation take, from words to stored answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from rich.progress import Progress

from bench.figures import MILLISECONDS, PERCENT, Figure, figure_of, median, share
from bench.in_turns import ask_in_turns, joined
from bench.messages import EARLY, LATE, conversation_texts
from bench.parts import CONVERSATION, Size
from bench.training import Engine
from bench.worker_pipe import Worker
from bot.services.content.phrases import Phrase

_MODULE = "bench.conversation_worker"


def measure_conversations(
    engines: Sequence[Engine],
    messages: Sequence[Phrase],
    size: Size,
    environment: Mapping[str, str],
    progress: Progress,
) -> list[Figure]:
    """Median times of early and late messages over all conversations, and how many messages were answered."""
    task = progress.add_task("Conversations", total=size.conversations * size.turns * len(engines))
    told: dict[str, list[list[dict[str, Any]]]] = {engine.name: [] for engine in engines}
    with ExitStack() as stack:
        workers = {engine.name: stack.enter_context(Worker(_MODULE, engine, environment)) for engine in engines}
        # A conversation that is not counted pays for what is set up late.
        warm_up = conversation_texts(messages, 0, 20)
        ask_in_turns(workers, warm_up, lambda done: None, conversation="warm-up")
        for number in range(size.conversations):
            answers = ask_in_turns(
                workers,
                conversation_texts(messages, number, size.turns),
                lambda done: progress.advance(task, done),
                conversation=f"conversation-{number}",
            )
            for name, blocks in answers.items():
                told[name].append(blocks)
    return _figures(told, size)


def _figures(told: Mapping[str, list[list[dict[str, Any]]]], size: Size) -> list[Figure]:
    early: dict[str, float] = {}
    late: dict[str, float] = {}
    answered: dict[str, float] = {}
    for name, conversations in told.items():
        times = [joined(blocks, "milliseconds") for blocks in conversations]
        early[name] = median([value for one in times for value in one[EARLY]])
        late[name] = median([value for one in times for value in one[LATE]])
        count = sum(block["answered"] for blocks in conversations for block in blocks)
        answered[name] = share(count, size.conversations * size.turns)
    return [
        figure_of(CONVERSATION, "5th message of a conversation", MILLISECONDS, early),
        figure_of(CONVERSATION, f"{_ordinal(size.turns)} message of a conversation", MILLISECONDS, late),
        figure_of(CONVERSATION, "messages that got an answer", PERCENT, answered),
    ]


def _ordinal(number: int) -> str:
    return f"{number}th"
