"""Reads a visitor's stream of events in the background, as an open page does."""

from __future__ import annotations

import threading
from typing import Any

import httpx

from tests.gateway.running_gateway import Visitor, wait_until


class Follower:
    """All that one stream tells, in its order, until the server or the test ends."""

    def __init__(self, visitor: Visitor, after: int = 0) -> None:
        self.told: list[tuple[int | None, str, dict[str, Any]]] = []
        self._thread = threading.Thread(target=self._read, args=(visitor, after), daemon=True)
        self._thread.start()

    @property
    def kinds(self) -> list[str]:
        """The kinds of the events."""
        return [kind for _, kind, _ in self.told]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the stored events."""
        return [number for number, _, _ in self.told if number is not None]

    @property
    def answers(self) -> list[str]:
        """The bot's words, as HTML."""
        return [
            "".join(part.get("html", "") for part in data["parts"])
            for _, _, data in self.told
            if data.get("role") == "bot"
        ]

    def wait_for_answers(self, count: int, seconds: float = 40) -> list[str]:
        """Wait for so many answers."""
        wait_until(lambda: len(self.answers) >= count, seconds)
        return self.answers

    def _read(self, visitor: Visitor, after: int) -> None:
        try:
            for event in visitor.events(after):
                self.told.append(event)
        except httpx.HTTPError:
            pass  # the server went away; what was told until then is kept
