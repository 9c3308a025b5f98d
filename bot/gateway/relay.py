"""Tells the other gateways on the same database what streams should know at once. Put together in `bot.app`.

Without it (on SQLite, or while the connection is down) their streams learn of stored events by looking.
"""

from __future__ import annotations

import asyncio
import json

from bot.foundation.logging import log_problem
from bot.gateway.streams import News, Passing, Streams
from bot.store.signals import LONGEST_SIGNAL_BYTES, Signals


class Relay:
    """Joins the streams of this process with the signals. `start` and `stop` with the server."""

    def __init__(self, streams: Streams, signals: Signals) -> None:
        self._streams, self._signals = streams, signals

    def start(self) -> None:
        """Begin to pass on and to hear."""
        loop = asyncio.get_running_loop()
        self._streams.pass_on = self._send
        self._signals.start(
            lambda word: loop.call_soon_threadsafe(self._hear, word),
            lambda: loop.call_soon_threadsafe(self._streams.look_all),
        )

    async def stop(self) -> None:
        """Hear nothing any more."""
        await asyncio.to_thread(self._signals.stop)

    def _send(self, news: News) -> None:
        word = _word(news)
        if len(word.encode()) > LONGEST_SIGNAL_BYTES:
            word = _word(News(news.contact_id, is_stored=True))
        self._signals.send(word)

    def _hear(self, word: str) -> None:
        try:
            told = json.loads(word)
            passing = tuple(Passing(kind, data) for kind, data in told["passing"])
            news = News(told["contact"], told["stored"], passing, told["state"])
        except (ValueError, KeyError, TypeError):
            log_problem("signal_unreadable")  # of another version, perhaps
            return
        self._streams.hear(news)


def _word(news: News) -> str:
    passing = [[one.kind, one.data] for one in news.passing]
    told = {"contact": news.contact_id, "stored": news.is_stored, "passing": passing, "state": news.state}
    return json.dumps(told, ensure_ascii=False)
