"""Passwords: what they must be, and their argon2 hashes."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 12, 200

_hasher = PasswordHasher()
#: Each hash takes 64 MB for a moment; a flood of sign-ins must not take all the memory.
_at_once = threading.BoundedSemaphore(2)
_NOBODY = _hasher.hash("nobody has this password")


class WeakPassword(ValueError):
    """`reason` is too_short, too_long, too_plain or same_as_name."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the password is {reason.replace('_', ' ')}")
        self.reason = reason


def check_password(password: str, name: str) -> None:
    """Raise WeakPassword for one that is easily guessed."""
    if len(password) < SHORTEST:
        raise WeakPassword("too_short")
    if len(password) > LONGEST:
        raise WeakPassword("too_long")
    if name and name.casefold() in password.casefold() and len(password) < len(name) + SHORTEST:
        raise WeakPassword("same_as_name")
    if len(set(password)) < 5:
        raise WeakPassword("too_plain")


def hash_password(password: str) -> str:
    """What is stored of a password."""
    with _at_once:
        return _hasher.hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Whether it is the one that was stored. Takes as long when nothing is."""
    with _at_once:
        try:
            return _hasher.verify(stored or _NOBODY, password[: LONGEST + 1]) and stored is not None
        except (Argon2Error, InvalidHashError):
            return False
