"""When the bot is silent because staff answers elsewhere. Pure; every moment is one of Meta's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store.messenger_rows import ELSEWHERE, OURS, MessengerPersonRow


@dataclass(frozen=True)
class Silence:
    """The rules for one page, where `minutes` must pass after staff's last word."""

    minutes: int

    def holds(self, person: MessengerPersonRow, at: datetime) -> bool:
        """Whether a message of this moment is staff's. What came before the thread was back is no backlog of ours."""
        before_end = person.silent_until is not None and at < person.silent_until
        before_return = person.thread_since is not None and at < person.thread_since
        return before_end or before_return

    def staff_wrote(self, person: MessengerPersonRow, at: datetime) -> dict[str, Any]:
        """What changes when staff writes: silence from then on. A word from before the return changes nothing."""
        if person.thread_since is not None and at < person.thread_since:
            return {}
        until = at + timedelta(minutes=self.minutes)
        return {"silent_until": max(until, person.silent_until or until)}

    def moved_away(self, person: MessengerPersonRow, at: datetime) -> dict[str, Any]:
        """What changes when another app gets the thread."""
        return {"thread": ELSEWHERE, **self.staff_wrote(person, at)}


def came_back(at: datetime) -> dict[str, Any]:
    """What changes when the thread is ours again: the bot is back for what comes from now on."""
    return {"thread": OURS, "thread_since": at, "silent_until": None}
