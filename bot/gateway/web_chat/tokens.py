"""The token that alone opens a conversation: signed, unguessable, given with the answer to the first message.

Use keeps it young: whoever comes with one that is older than a day is given a fresh one for the same contact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from bot.foundation import clock

_ALGORITHM = "HS256"
#: A token is long by nature; what is longer than this was not made here.
_MAX_LENGTH = 1000
_DAY_SECONDS = 24 * 60 * 60


class InvalidToken(ValueError):
    """Forged, expired or not a token at all. A retry does not help."""


@dataclass(frozen=True)
class Opened:
    """What a token opens, and whether it is time for a fresh one."""

    contact_id: str
    is_aged: bool


class Tokens:
    """Makes and reads tokens. `days` after it was made a token opens nothing any more."""

    def __init__(self, secret: str, days: int, now: Callable[[], datetime] = clock.now) -> None:
        self._secret, self._days, self._now = secret, days, now

    def make(self, contact_id: str) -> str:
        """A token for a contact."""
        now = self._now()
        claims = {"sub": contact_id, "iat": now, "exp": now + timedelta(days=self._days)}
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM)

    def read(self, token: str) -> Opened:
        """The contact that a token opens. Raises InvalidToken."""
        if len(token) > _MAX_LENGTH:
            raise InvalidToken("not a token")
        options: Any = {"require": ["sub", "exp"], "verify_exp": False, "verify_iat": False}
        try:
            claims = jwt.decode(token, self._secret, algorithms=[_ALGORITHM], options=options)
            expires = float(claims["exp"])
        except (jwt.PyJWTError, ValueError, TypeError):
            raise InvalidToken("the token is not ours") from None
        left, whole = expires - self._now().timestamp(), self._days * _DAY_SECONDS
        if left <= 0:
            raise InvalidToken("the token has expired")
        return Opened(str(claims["sub"]), is_aged=whole - left > min(_DAY_SECONDS, whole / 2))
