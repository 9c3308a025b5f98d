"""Limits of rate and of open streams, in memory. One person's flood is refused; the others feel nothing."""

from __future__ import annotations

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.gateway.problems import Problem

_REMEMBERED = 50_000
#: Signs of one visitor, as of typing: the widget gives one every three seconds at most.
SIGNS_A_MINUTE = 60


class RateLimit:
    """Lets `per_minute` pass for each key, with bursts of as many. Forgets keys that were longest silent."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second, self._burst, self._clock = per_minute / 60, float(per_minute), clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one. Raises Problem("too_many") with the seconds to wait."""
        moment = self._clock()
        left, seen = self._left.pop(key, (self._burst, moment))
        left = min(self._burst, left + (moment - seen) * self._per_second)
        refused = left < 1
        self._left[key] = (left if refused else left - 1, moment)
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        if refused:
            raise Problem("too_many", wait_seconds=max(1, math.ceil((1 - left) / self._per_second)))


class StreamLimit:
    """How many streams are open: in all and per contact."""

    def __init__(self, in_all: int, per_contact: int) -> None:
        self._in_all, self._per_contact = in_all, per_contact
        self._open: Counter[str] = Counter()
        self.count = 0

    def check(self, contact: str) -> None:
        """Raises Problem: all places taken, or too many of this contact."""
        if self.count >= self._in_all:
            raise Problem("full", wait_seconds=5)
        if self._open[contact] >= self._per_contact:
            raise Problem("too_many_streams", wait_seconds=5)

    @contextmanager
    def opened(self, contact: str) -> Iterator[None]:
        """Counts one stream while it is open."""
        self.count += 1
        self._open[contact] += 1
        try:
            yield
        finally:
            self.count -= 1
            self._open[contact] -= 1
            if not self._open[contact]:
                del self._open[contact]
