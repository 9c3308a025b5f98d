"""Asks both engines the same in turns, so that whatever disturbs the machine disturbs both alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.worker_pipe import Worker

#: So many messages go to one engine before it is the other's turn.
BLOCK = 10


def ask_in_turns(
    workers: Mapping[str, Worker], texts: Sequence[str], advance: Callable[[int], None], **also: Any
) -> dict[str, list[dict[str, Any]]]:
    """The answers of each worker to all texts, block by block; `also` goes with every question.

    The engine that begins changes with every block. `advance` is told how many messages were done.
    """
    answers: dict[str, list[dict[str, Any]]] = {name: [] for name in workers}
    for number, start in enumerate(range(0, len(texts), BLOCK)):
        block = list(texts[start : start + BLOCK])
        order = list(workers) if number % 2 == 0 else list(workers)[::-1]
        for name in order:
            answers[name].append(workers[name].ask(texts=block, **also))
            advance(len(block))
    return answers


def joined(answers: Sequence[Mapping[str, Any]], key: str) -> list[Any]:
    """The lists under one key of all answers, one after the other."""
    return [item for answer in answers for item in answer[key]]
