"""A message's way through the whole chain: times and throughput under load, and what an idle stream costs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp
from rich.progress import Progress

from bench.chain_servers import Server, our_server, resident_megabytes_of, stock_server
from bench.chain_steps import step_figures
from bench.chain_visitors import Load, OurVisitor, StockVisitor, run_load
from bench.figures import MEGABYTES, MILLISECONDS, OURS, PER_SECOND, STOCK, Figure, figure_of, percentile
from bench.messages import conversation_texts
from bench.parts import CHAIN, Size
from bench.training import Engine
from bot.services.content.phrases import Phrase

#: So many visitors talk at once.
LOADS: tuple[int, ...] = (1, 8, 32)
_VISITORS: dict[str, type[OurVisitor] | type[StockVisitor]] = {OURS: OurVisitor, STOCK: StockVisitor}
#: Streams are opened in groups, or the connections would wait for each other.
_OPENED_AT_ONCE = 50


def measure_chain(
    engines: Sequence[Engine],
    messages: Sequence[Phrase],
    size: Size,
    environment: Mapping[str, str],
    progress: Progress,
) -> list[Figure]:
    """Both servers run side by side; each load goes to one, then to the other."""
    ours, stock = engines
    task = progress.add_task("Through the whole chain", total=len(LOADS) * 2 + 1)
    found: dict[int, dict[str, Load]] = {}
    steps: dict[int, list[Figure]] = {}
    with our_server(ours.folder, environment) as our, stock_server(stock, environment) as other:
        servers = {OURS: our, STOCK: other}
        for visitors in LOADS:
            texts = conversation_texts(messages, visitors, size.chain_messages)
            for name, server in servers.items():
                load = asyncio.run(run_load(_VISITORS[name], server.url, visitors, texts))
                found.setdefault(visitors, {})[name] = load
                progress.advance(task)
            steps[visitors] = step_figures(our.state, visitors, len(texts)) if our.state else []
        streams = asyncio.run(_memory_of_streams(our, size.streams))
        progress.advance(task)
    figures = [[*_figures(visitors, loads), *steps[visitors]] for visitors, loads in found.items()]
    return [*(figure for group in figures for figure in group), streams]


def _figures(visitors: int, loads: Mapping[str, Load]) -> list[Figure]:
    at = f"{visitors} visitor{'s' if visitors > 1 else ''}"
    median = {name: percentile(load.milliseconds, 50) for name, load in loads.items()}
    late = {name: percentile(load.milliseconds, 95) for name, load in loads.items()}
    return [
        figure_of(CHAIN, f"message to first words, {at}, median", MILLISECONDS, median),
        figure_of(CHAIN, f"message to first words, {at}, 95th percentile", MILLISECONDS, late),
        figure_of(CHAIN, f"messages answered, {at}", PER_SECOND, {n: load.per_second for n, load in loads.items()}),
    ]


async def _memory_of_streams(server: Server, count: int) -> Figure:
    """What the gateway holds more when `count` visitors only keep their stream open."""
    assert server.gateway_pid is not None
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        before = resident_megabytes_of(server.gateway_pid)
        visitors = [OurVisitor(session, server.url) for _ in range(count)]
        for start in range(0, count, _OPENED_AT_ONCE):
            await asyncio.gather(*(visitor.come() for visitor in visitors[start : start + _OPENED_AT_ONCE]))
        held = resident_megabytes_of(server.gateway_pid) - before
        await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return figure_of(CHAIN, f"memory of {count} open streams", MEGABYTES, {OURS: held})
