"""Builds the grammar of requests before the first person asks, which takes some seconds. Nobody waits for it."""

from __future__ import annotations

import threading
from functools import lru_cache

from bot.foundation import clock
from bot.foundation.languages import LANGUAGES
from bot.services.agenda.request.read import read_request


@lru_cache(maxsize=1)
def warm_up() -> threading.Thread:
    """Begin once in this process, in a thread of its own; the thread, for whoever wants to wait."""
    thread = threading.Thread(target=_read_something, name="agenda-warm-up", daemon=True)
    thread.start()
    return thread


def _read_something() -> None:
    for language in LANGUAGES:
        read_request("?", language, clock.now())
