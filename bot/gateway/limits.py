"""How much one visitor and one address may ask for. Counts in memory, for this process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_MINUTE = 60.0
#: Beyond so many names the oldest are forgotten; memory stays bounded whoever asks.
_MAX_NAMES = 50_000


class Rate:
    """A bucket for each name that refills evenly: `per_minute` at once, then one every 60 / `per_minute` s."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._clock = float(per_minute), clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> float:
        """Take one. 0.0 when it was there, else the seconds until the next (and nothing is taken)."""
        now = self._clock()
        left, at = self._buckets.pop(name, (self._size, now))
        left = min(self._size, left + (now - at) * self._size / _MINUTE)
        wait = 0.0 if left >= 1 else (1 - left) * _MINUTE / self._size
        self._buckets[name] = (left if wait else left - 1, now)
        if len(self._buckets) > _MAX_NAMES:
            self._buckets.popitem(last=False)
        return wait

    def give_back(self, name: str) -> None:
        """Put one back: it was taken for nothing."""
        if name in self._buckets:
            left, at = self._buckets[name]
            self._buckets[name] = (min(self._size, left + 1), at)
