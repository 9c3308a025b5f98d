"""Secrets of a deployment: from its settings, else made once and kept in the data folder, for its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.foundation.settings import Settings


def read_brain_secret(settings: Settings, create: bool = False) -> str | None:
    """The secret that the turn channel wants: the setting, else the file in the data folder.

    With `create`, a missing file is written once with a random secret, readable by its owner only.
    """
    return settings.brain_secret or _kept_secret(settings.data_folder / "brain_secret", create)


def read_token_secret(settings: Settings) -> str:
    """The secret that signs the visitors' tokens: the setting, else a file in the data folder, made once."""
    secret = settings.door.token_secret or _kept_secret(settings.data_folder / "token_secret", create=True)
    assert secret
    return secret


def _kept_secret(path: Path, create: bool) -> str | None:
    if create and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip() if path.exists() else None
