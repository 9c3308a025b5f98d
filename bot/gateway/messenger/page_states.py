"""Which pages Meta takes messages for at present, and when to try again at one that it refuses."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

OK = "ok"
#: The pause grows to twice the one before, up to the longest; a new token is taken up within that time.
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 5.0, 120.0
#: One try goes ahead after a pause; the others wait for what comes of it, so long at most.
_TRIAL_SECONDS = 20.0
_WAIT_FOR_TRIAL_SECONDS = 1.0
#: So many people in a row for whom Meta did not answer, and it is not about one of them.
_FAILURES_IN_A_ROW = 5


@dataclass
class _Paused:
    reason: str
    pause: float
    until: float
    is_tried: bool = False


class PageStates:
    """The pages of this process. A pause is for the whole page, so nobody hammers at a closed door."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._paused: dict[str, _Paused] = {}
        self._in_a_row: Counter[str] = Counter()

    def state_of(self, page_id: str) -> str:
        """`ok`, or why the page is paused."""
        paused = self._paused.get(page_id)
        return paused.reason if paused else OK

    def refused(self) -> list[str]:
        """The pages that are paused."""
        return list(self._paused)

    def is_resting(self, page_id: str) -> bool:
        """Whether nothing may be tried for the page now."""
        paused = self._paused.get(page_id)
        return paused is not None and paused.until > self._clock()

    def seconds_to_wait(self, page_id: str) -> float:
        """0 when something may be sent for the page now; after a pause that is one message, as a trial."""
        paused = self._paused.get(page_id)
        if paused is None:
            return 0.0
        left = paused.until - self._clock()
        if left > 0:
            return _WAIT_FOR_TRIAL_SECONDS if paused.is_tried else left
        paused.until, paused.is_tried = self._clock() + _TRIAL_SECONDS, True
        return 0.0

    def begin_paused(self, page_id: str, reason: str) -> None:
        """The page was refused before this process began: one message goes ahead as a trial."""
        self._paused.setdefault(page_id, _Paused(reason, _FIRST_PAUSE_SECONDS / 2, self._clock()))

    def pause(self, page_id: str, reason: str) -> float:
        """The page is refused; how long it rests now."""
        before = self._paused.get(page_id)
        if before and not before.is_tried and before.until > self._clock():
            # Another message that was on its way at the same moment says nothing new.
            return before.until - self._clock()
        pause = min(_LONGEST_PAUSE_SECONDS, 2 * before.pause) if before else _FIRST_PAUSE_SECONDS
        self._paused[page_id] = _Paused(reason, pause, self._clock() + pause)
        return pause

    def is_about_page(self, page_id: str) -> bool:
        """Meta did not answer once more: whether that is by now the page's matter, not one person's."""
        self._in_a_row[page_id] += 1
        return page_id in self._paused or self._in_a_row[page_id] >= _FAILURES_IN_A_ROW

    def works(self, page_id: str) -> bool:
        """Something was sent for the page; whether it was paused until now."""
        self._in_a_row.pop(page_id, None)
        return self._paused.pop(page_id, None) is not None

    def heard(self, working: Iterable[str]) -> None:
        """Another gateway has sent something for these pages."""
        for page_id in working:
            self.works(page_id)
