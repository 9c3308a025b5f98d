"""How long an early and a late message of a long conversation take, from words to stored answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
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
#: What a worker told about blocks of messages, in order.
Answers = list[dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """The early messages of a short conversation, and all messages of a long one, whose last repeat those."""

    early: Answers
    long: Answers


def measure_conversations(
    engines: Sequence[Engine],
    messages: Sequence[Phrase],
    size: Size,
    environment: Mapping[str, str],
    progress: Progress,
) -> list[Figure]:
    """Median times of early and late messages over all conversations, and how many messages were answered."""
    task = progress.add_task("Conversations", total=size.conversations * size.turns * len(engines))
    told: dict[str, list[Told]] = {engine.name: [] for engine in engines}

    def advance(done: int) -> None:
        progress.advance(task, done)

    with ExitStack() as stack:
        workers = {engine.name: stack.enter_context(Worker(_MODULE, engine, environment)) for engine in engines}
        # A conversation that is not counted pays for what is set up late.
        warm_up = conversation_texts(messages, 0, 20)
        ask_in_turns(workers, warm_up, lambda done: None, conversation="warm-up")
        for number in range(size.conversations):
            texts = conversation_texts(messages, number, size.turns)
            answers = ask_in_turns(workers, texts[: LATE.start], advance, conversation=f"long-{number}")
            ask_in_turns(workers, texts[: EARLY.start], lambda done: None, conversation=f"short-{number}")
            for name, worker in workers.items():
                early, late = _in_pairs(worker, texts[EARLY], f"short-{number}", f"long-{number}")
                told[name].append(Told(early, [*answers[name], *late]))
                advance(len(late))
    return _figures(told, size)


def _in_pairs(worker: Worker, texts: Sequence[str], short: str, long: str) -> tuple[Answers, Answers]:
    """The same texts in a short and in a long conversation, one right after the other, which goes first in turns.

    Minutes lie between the 5th and the 200th message of one conversation; what else the machine does then would
    count as the length of the conversation.
    """
    early: Answers = []
    late: Answers = []
    for number, text in enumerate(texts):
        for conversation in (short, long) if number % 2 == 0 else (long, short):
            answer = worker.ask(texts=[text], conversation=conversation)
            (early if conversation == short else late).append(answer)
    return early, late


def _figures(told: Mapping[str, list[Told]], size: Size) -> list[Figure]:
    early: dict[str, float] = {}
    late: dict[str, float] = {}
    answered: dict[str, float] = {}
    for name, conversations in told.items():
        early[name] = median([value for one in conversations for value in joined(one.early, "milliseconds")])
        late[name] = median([value for one in conversations for value in joined(one.long, "milliseconds")[LATE]])
        count = sum(block["answered"] for one in conversations for block in one.long)
        answered[name] = share(count, size.conversations * size.turns)
    return [
        figure_of(CONVERSATION, "5th message of a conversation", MILLISECONDS, early),
        figure_of(CONVERSATION, f"{_ordinal(size.turns)} message of a conversation", MILLISECONDS, late),
        figure_of(CONVERSATION, "messages that got an answer", PERCENT, answered),
    ]


def _ordinal(number: int) -> str:
    return f"{number}th"
