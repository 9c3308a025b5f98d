"""Keeps what was made for an address for a short while, so that a flood of readers costs one reading."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

_SECONDS = 30.0
_MOST = 256


@dataclass(frozen=True)
class Made:
    """A body with its headers; the tag follows from the body."""

    body: bytes
    media_type: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """The ETag."""
        return f'"{hashlib.blake2b(self.body, digest_size=12).hexdigest()}"'


class KeptResponses:
    """One per process; forgets what was made longest ago."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._made: OrderedDict[tuple[str, ...], tuple[float, Made]] = OrderedDict()

    def get(self, key: tuple[str, ...]) -> Made | None:
        """What was made for this key less than half a minute ago."""
        found = self._made.get(key)
        return found[1] if found and self._clock() - found[0] < _SECONDS else None

    def keep(self, key: tuple[str, ...], made: Made) -> None:
        """Keep it for the next who asks."""
        self._made[key] = (self._clock(), made)
        self._made.move_to_end(key)
        while len(self._made) > _MOST:
            self._made.popitem(last=False)


def response_of(made: Made, request: Request) -> Response:
    """The response; a reader who has it already gets 304."""
    headers = {"ETag": made.tag, "Vary": "Accept-Language", **made.headers}
    headers.setdefault("Cache-Control", "public, max-age=60" if made.status == 200 else "no-store")
    if made.status == 200 and request.headers.get("if-none-match") == made.tag:
        return Response(status_code=304, headers=headers)
    return Response(made.body, made.status, headers, media_type=made.media_type)
