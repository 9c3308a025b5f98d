"""Random tokens of sessions and links; only their hashes are stored. Pure."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Fit for cookies and addresses; nobody can guess it."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored of a token. It is random and long, so a quick hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
