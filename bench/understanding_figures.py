"""Load time, memory, accuracy and parse time of both engines, through Rasa's own `agent.parse_message`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from rich.progress import Progress

from bench.figures import (
    MEGABYTES,
    MILLISECONDS,
    PERCENT,
    SECONDS,
    Figure,
    figure_of,
    median,
    percentile,
    share,
)
from bench.in_turns import BLOCK, ask_in_turns, joined
from bench.messages import some_of
from bench.parts import ACCURACY, LOAD, PARSE, Size
from bench.predictions import is_right
from bench.training import Engine
from bench.worker_pipe import Worker
from bot.foundation.languages import LANGUAGES
from bot.services.content.phrases import Phrase

_MODULE = "bench.parse_worker"


def measure_understanding(
    engines: Sequence[Engine],
    messages: Sequence[Phrase],
    parts: Sequence[str],
    size: Size,
    environment: Mapping[str, str],
    progress: Progress,
) -> list[Figure]:
    """The figures of those of the parts load, accuracy and parse that are asked for."""
    figures: list[Figure] = []
    if LOAD in parts:
        figures.extend(_load_figures(engines, size, environment, progress))
    if ACCURACY not in parts and PARSE not in parts:
        return figures
    with ExitStack() as stack:
        workers = {engine.name: stack.enter_context(Worker(_MODULE, engine, environment)) for engine in engines}
        # The first messages pay for what is set up late; they are not part of any figure.
        ask_in_turns(workers, [message.text for message in messages[:BLOCK]], lambda done: None)
        if ACCURACY in parts:
            asked = some_of(messages, size.accuracy_messages)
            figures.extend(_accuracy_figures(asked, _ask(workers, asked, "Accuracy", progress)))
        if PARSE in parts:
            asked = some_of(messages, size.parse_messages)
            figures.extend(_parse_figures(_ask(workers, asked, "Parse time", progress)))
    return figures


def _load_figures(
    engines: Sequence[Engine], size: Size, environment: Mapping[str, str], progress: Progress
) -> list[Figure]:
    """Each engine is started several times, in turns; the median counts."""
    firsts: dict[str, list[dict[str, Any]]] = {engine.name: [] for engine in engines}
    task = progress.add_task("Load time and memory", total=size.loads * len(engines))
    for _ in range(size.loads):
        for engine in engines:
            engine.model.read_bytes()  # both from the page cache, however long ago they were trained
            with Worker(_MODULE, engine, environment) as worker:
                firsts[engine.name].append(worker.first)
            progress.advance(task)

    def of(key: str) -> dict[str, float]:
        return {name: median([first[key] for first in told]) for name, told in firsts.items()}

    sizes = {engine.name: engine.model.stat().st_size / 1e6 for engine in engines}
    return [
        figure_of(LOAD, "model load", SECONDS, of("load_seconds")),
        figure_of(LOAD, "memory after load, whole process", MEGABYTES, of("resident_megabytes")),
        figure_of(LOAD, "model file", MEGABYTES, sizes),
    ]


def _ask(
    workers: Mapping[str, Worker], messages: Sequence[Phrase], title: str, progress: Progress
) -> dict[str, list[dict[str, Any]]]:
    task = progress.add_task(title, total=len(messages) * len(workers))
    texts = [message.text for message in messages]
    return ask_in_turns(workers, texts, lambda done: progress.advance(task, done))


def _accuracy_figures(messages: Sequence[Phrase], answers: Mapping[str, list[dict[str, Any]]]) -> list[Figure]:
    figures = []
    for language in (*LANGUAGES, None):
        chosen = [i for i, message in enumerate(messages) if language in (None, message.language)]
        values = {}
        for name, told in answers.items():
            found = joined(told, "intents")
            right = sum(is_right(messages[i].intent, found[i]) for i in chosen)
            values[name] = share(right, len(chosen))
        title = f"right topic, {language or 'all languages'} ({len(chosen)} messages)"
        figures.append(figure_of(ACCURACY, title, PERCENT, values))
    return figures


def _parse_figures(answers: Mapping[str, list[dict[str, Any]]]) -> list[Figure]:
    times = {name: joined(told, "milliseconds") for name, told in answers.items()}
    memory = {name: told[-1]["resident_megabytes"] for name, told in answers.items()}
    halves = {name: median(values) for name, values in times.items()}
    slow = {name: percentile(values, 95) for name, values in times.items()}
    return [
        figure_of(PARSE, "parse one message, median", MILLISECONDS, halves),
        figure_of(PARSE, "parse one message, 95th percentile", MILLISECONDS, slow),
        figure_of(PARSE, "memory after parsing, whole process", MEGABYTES, memory),
    ]
