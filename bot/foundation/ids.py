"""Names that nobody can guess or that sort by time: ids of rows (UUID version 7) and random tokens."""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7() -> str:
    """A UUID of version 7: 48 bits of milliseconds, then a fine part of the moment, then chance.

    Ids that one process makes always rise, also within a millisecond and when the clock is set back.
    """
    global _last
    with _lock:
        # Milliseconds and 12 bits of their fraction; one more than the last at least.
        _last = max(_last + 1, time.time_ns() * 4096 // 1_000_000)
        moment = _last
    milliseconds, fraction = moment >> 12, moment & 0xFFF
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def random_token() -> str:
    """43 characters that fit into an address; 256 bits of chance."""
    return secrets.token_urlsafe(32)
