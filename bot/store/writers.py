"""Lets the threads of one process write to an SQLite file one after another, what is urgent first.

SQLite itself would let them sleep, longer at each try, while the file is free: at eight visitors that was most of a
message's time. What is urgent is short, and somebody outside waits for it.
"""

from __future__ import annotations

import threading


class Writers:
    """A lock that is passed to urgent writers first. Whoever comes at the right moment need not queue."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calm, self._urgent = threading.Condition(self._lock), threading.Condition(self._lock)
        self._is_taken, self._urgent_waiting = False, 0

    def acquire(self, seconds: float, urgent: bool = False) -> bool:
        """Wait for it; False when it did not come within so many seconds."""
        queue = self._urgent if urgent else self._calm
        with self._lock:
            self._urgent_waiting += urgent
            try:
                is_mine = queue.wait_for(lambda: self._is_free_for(urgent), seconds)
                self._is_taken = self._is_taken or is_mine
                return is_mine
            finally:
                self._urgent_waiting -= urgent
                self._wake_next()

    def release(self) -> None:
        """Let the next one write."""
        with self._lock:
            self._is_taken = False
            self._wake_next()

    def _is_free_for(self, urgent: bool) -> bool:
        return not self._is_taken and (urgent or not self._urgent_waiting)

    def _wake_next(self) -> None:
        if not self._is_taken:
            (self._urgent if self._urgent_waiting else self._calm).notify()
