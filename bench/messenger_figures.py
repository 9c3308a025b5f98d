"""Messenger while 200 events a second arrive for ten seconds: acknowledged how soon, answered how, at whose cost.

The bot runs as a deployment would (gateway, Rasa, action server); a double takes Meta's place, with its echoes and
receipts. Web visitors talk before, to learn what is usual, and meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.progress import Progress

from bench.chain_servers import our_server
from bench.figures import MILLISECONDS, OURS, PERCENT, SECONDS, TIMES, Figure, figure_of, percentile, share
from bench.messages import conversation_texts
from bench.messenger_answers import Answers
from bench.messenger_events import Call, calls_of
from bench.messenger_load import WebVisitors, post_one_by_one, post_steadily
from bench.parts import MESSENGER, BenchFailed, Size
from bot.foundation.languages import LANGUAGES
from bot.services.content.phrases import Phrase
from tests.graph_double.running_double import RunningDouble

RATE = 200
_PEOPLE, _VISITORS, _IDLE_CALLS = 400, 4, 60
_IDLE_PAUSE_SECONDS, _VISITOR_PAUSE_SECONDS, _USUAL_SECONDS = 0.2, 0.5, 15.0
_DRAIN_SECONDS = 300.0


def measure_messenger(
    folder: Path, messages: Sequence[Phrase], size: Size, environment: Mapping[str, str], progress: Progress
) -> list[Figure]:
    """Start the bot with the release of this folder and a double, and measure. Raises BenchFailed."""
    task = progress.add_task("Messenger, 200 events a second", total=4)
    double = RunningDouble(folder)
    settings = {**environment, **double.gateway_settings()}
    double.start()
    try:
        with our_server(folder, settings) as server:
            assert server.state is not None
            # Meta sends receipts and echoes in batches when there are many.
            double.control("PATCH", "webhooks", batch_size=20, batch_seconds=0.05)
            double.send_webhooks_to(f"{server.url}/messenger/webhook")
            run = _Run(double, server.url, Answers(server.state), messages, size)
            return asyncio.run(run.measure(lambda: progress.advance(task)))
    finally:
        double.stop()


class _Run:
    """One run against a running bot."""

    def __init__(
        self, double: RunningDouble, url: str, answers: Answers, messages: Sequence[Phrase], size: Size
    ) -> None:
        self._double, self._url, self._answers, self._size = double, url, answers, size
        self._webhook = f"{url}/messenger/webhook"
        shares = [conversation_texts(messages, number, 40) for number in range(len(LANGUAGES))]
        self._texts = [text for several in zip(*shares, strict=True) for text in several]

    async def measure(self, advance: Callable[[], None]) -> list[Figure]:
        """Idle, usual, the burst, and what came of it."""
        warm = calls_of(self._people(8), self._texts, 16)
        await post_one_by_one(self._webhook, warm, _IDLE_PAUSE_SECONDS)
        idle_calls = calls_of(self._people(20), self._texts, _IDLE_CALLS)
        idle = await post_one_by_one(self._webhook, idle_calls, _IDLE_PAUSE_SECONDS)
        await self._until_quiet()
        advance()
        usual = await self._web_visitors_for(_USUAL_SECONDS)
        advance()
        calls = calls_of(self._people(_PEOPLE), self._texts, RATE * self._size.burst_seconds)
        over = asyncio.Event()
        visiting = asyncio.create_task(self._visitors().talk(over))
        await asyncio.sleep(2)
        burst = await post_steadily(self._webhook, calls, RATE)
        advance()
        begun = time.perf_counter()
        await self._until_quiet()
        drained = time.perf_counter() - begun
        over.set()
        meanwhile = await visiting
        advance()
        if burst.failed or idle.failed:
            raise BenchFailed(f"{burst.failed + idle.failed} calls of the webhook were not acknowledged")
        return self._figures(idle.milliseconds, burst.milliseconds, usual, meanwhile, drained, [*idle_calls, *calls])

    def _figures(
        self,
        idle: list[float],
        burst: list[float],
        usual: list[float],
        meanwhile: list[float],
        drained: float,
        calls: list[Call],
    ) -> list[Figure]:
        asked: dict[str, list[str]] = defaultdict(list)
        for call in calls:
            asked[call.psid].append(call.mid)
        outcome = self._answers.outcome(asked, self._sent())
        idle_median, late = percentile(idle, 50), percentile(burst, 99)
        usual_late, meanwhile_late = percentile(usual, 95), percentile(meanwhile, 95)

        def ours(name: str, unit: str, value: float) -> Figure:
            return figure_of(MESSENGER, name, unit, {OURS: value})

        rate = f"at {RATE} events a second"
        return [
            ours("Messenger event acknowledged, idle, median", MILLISECONDS, idle_median),
            ours(f"Messenger event acknowledged, {rate}, 99th percentile", MILLISECONDS, late),
            ours("of the idle median", TIMES, late / idle_median),
            ours("answered once and in order", PERCENT, share(outcome.right, outcome.asked)),
            ours("all answered after the last event", SECONDS, drained),
            ours("web visitors without Messenger, 95th percentile", MILLISECONDS, usual_late),
            ours("web visitors meanwhile, 95th percentile", MILLISECONDS, meanwhile_late),
            ours("of the usual", TIMES, meanwhile_late / usual_late),
        ]

    async def _web_visitors_for(self, seconds: float) -> list[float]:
        over = asyncio.Event()
        talking = asyncio.create_task(self._visitors().talk(over))
        await asyncio.sleep(seconds)
        over.set()
        return await talking

    def _visitors(self) -> WebVisitors:
        return WebVisitors(self._url, _VISITORS, self._texts, _VISITOR_PAUSE_SECONDS)

    def _people(self, count: int) -> list[str]:
        """Newcomers; the double opens Meta's window of 24 hours for them."""
        return [self._double.person(silent_hours=0).psid for _ in range(count)]

    async def _until_quiet(self) -> None:
        """Until every message is answered and every answer has reached its person. Raises BenchFailed."""
        deadline = time.perf_counter() + _DRAIN_SECONDS
        while True:
            if await asyncio.to_thread(self._is_quiet):
                return
            if time.perf_counter() > deadline:
                raise BenchFailed(f"Messenger was not answered within {_DRAIN_SECONDS:.0f} s")
            await asyncio.sleep(0.25)

    def _is_quiet(self) -> bool:
        if self._answers.waiting():
            return False
        sent = {psid: {one.partition(".")[0] for one in metadata} for psid, metadata in self._sent().items()}
        wanted = self._answers.answered()
        return all({str(event) for event in events} <= sent.get(psid, set()) for psid, events in wanted.items())

    def _sent(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = self._double.control("GET", "sent")
        return found
