"""Deployment settings from the environment. Content stands in `data/`, state in the data folder.

Every variable is described in `.env.example`; a test keeps the two equal.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The checkout: where `config.yml`, `domain.yml` and `data/` are.
PROJECT_FOLDER = Path(__file__).resolve().parents[2]


class SettingError(ValueError):
    """A setting has a value that cannot be used; the text names the variable and what it may be."""


@dataclass(frozen=True)
class Settings:
    """What a deployment decides. Ports are TCP ports on `host`."""

    host: str
    brain_port: int
    actions_port: int
    data_folder: Path
    database_url: str | None
    brain_secret: str | None

    @property
    def releases_folder(self) -> Path:
        """Where releases live, one folder each, with a pointer to the active one."""
        return self.data_folder / "releases"

    @property
    def brain_url(self) -> str:
        """Where the turn channel answers."""
        return f"http://{_bracketed(self.host)}:{self.brain_port}"

    @property
    def actions_url(self) -> str:
        """Where Rasa calls the custom actions."""
        return f"http://{_bracketed(self.host)}:{self.actions_port}/webhook"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (or from a mapping, in tests). Raises SettingError."""
    env = os.environ if environment is None else environment
    folder = Path(env.get("FAQBOT_DATA_FOLDER") or "var")
    return Settings(
        host=env.get("FAQBOT_HOST") or "127.0.0.1",
        brain_port=_port(env, "FAQBOT_BRAIN_PORT", 5005),
        actions_port=_port(env, "FAQBOT_ACTIONS_PORT", 5055),
        data_folder=folder if folder.is_absolute() else PROJECT_FOLDER / folder,
        database_url=env.get("DATABASE_URL") or None,
        brain_secret=env.get("FAQBOT_BRAIN_SECRET") or None,
    )


def read_brain_secret(settings: Settings, create: bool = False) -> str | None:
    """The secret that the turn channel wants: the setting, else the file in the data folder.

    With `create`, a missing file is written once with a random secret, readable by its owner only.
    """
    if settings.brain_secret:
        return settings.brain_secret
    path = settings.data_folder / "brain_secret"
    if create and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip() if path.exists() else None


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name)
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise SettingError(f"{name} must be a port number from 1 to 65535, not {raw!r}")
    return int(raw)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
