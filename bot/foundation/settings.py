"""Deployment settings from the environment. Content stands in `data/`, state in the data folder.

Every variable is described in `.env.example`; a test keeps the two equal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.foundation.mail_settings import MailSettings, read_mail, read_webhook
from bot.foundation.messenger_settings import MessengerSettings, read_messenger
from bot.foundation.public_url import bracketed, parse_public_url
from bot.foundation.setting_error import SettingError as SettingError

_SHORTEST_SECRET = 32
_ORIGIN = re.compile(r"https?://[^/\s]+")

#: The checkout: where `config.yml`, `domain.yml` and `data/` are.
PROJECT_FOLDER = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class DoorSettings:
    """The public door: where it listens, who may use it, and how much of it.

    Rates are a minute: messages, readings (history, download, streams opened), openings of the widget. `origins` are
    further sites that may embed the widget; "*" is every site.
    `proxies` are addresses whose word about a visitor's address is taken. `public_url` is how people reach it all.
    """

    host: str
    port: int
    public_url: str | None
    ops_port: int
    token_secret: str | None
    session_days: int
    origins: tuple[str, ...]
    proxies: str
    privacy_url: str | None
    messages_per_session: int
    messages_per_address: int
    readings_per_session: int
    starts_per_address: int
    max_streams: int
    streams_per_session: int
    idle_seconds: int
    concurrent_turns: int

    @property
    def local_url(self) -> str:
        """Where the door answers on this machine."""
        every = {"0.0.0.0": "127.0.0.1", "::": "::1"}
        return f"http://{bracketed(every.get(self.host, self.host))}:{self.port}"

    @property
    def site_url(self) -> str:
        """Where people find it: the address that was set, else that on this machine."""
        return self.public_url or self.local_url


@dataclass(frozen=True)
class AgendaSettings:
    """The agenda of group activities: the file that names its sources (None: the sample), minutes between syncs.

    0 minutes: it is brought up to date by the operator's verb only.
    """

    sources_file: Path | None
    minutes: int


@dataclass(frozen=True)
class StaffSettings:
    """How staff hear of people: both ways are optional. A person waits in the chat for `wait_minutes` at most, and
    keeps their place for `gone_minutes` without the chat on their screen. A counsellor who does nothing for
    `away_minutes` is away."""

    mail: MailSettings | None
    slack_webhook: str | None
    wait_minutes: int
    gone_minutes: int
    away_minutes: int


@dataclass(frozen=True)
class Settings:
    """What a deployment decides. Ports are TCP ports on `host`."""

    host: str
    brain_port: int
    actions_port: int
    data_folder: Path
    database_url: str | None
    brain_secret: str | None
    door: DoorSettings
    agenda: AgendaSettings
    staff: StaffSettings
    messenger: MessengerSettings | None

    @property
    def releases_folder(self) -> Path:
        """Where releases live, one folder each, with a pointer to the active one."""
        return self.data_folder / "releases"

    @property
    def brain_url(self) -> str:
        """Where the turn channel answers."""
        return f"http://{bracketed(self.host)}:{self.brain_port}"

    @property
    def actions_url(self) -> str:
        """Where Rasa calls the custom actions."""
        return f"http://{bracketed(self.host)}:{self.actions_port}/webhook"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (or from a mapping, in tests). Raises SettingError."""
    env = os.environ if environment is None else environment
    folder = Path(env.get("FAQBOT_DATA_FOLDER") or "var")
    host = env.get("FAQBOT_HOST") or "127.0.0.1"
    return Settings(
        host=host,
        brain_port=_port(env, "FAQBOT_BRAIN_PORT", 5005),
        actions_port=_port(env, "FAQBOT_ACTIONS_PORT", 5055),
        data_folder=folder if folder.is_absolute() else PROJECT_FOLDER / folder,
        database_url=env.get("DATABASE_URL") or None,
        brain_secret=env.get("FAQBOT_BRAIN_SECRET") or None,
        door=_door(env, host),
        agenda=AgendaSettings(
            sources_file=_file(env, "FAQBOT_AGENDA_SOURCES"),
            minutes=_count(env, "FAQBOT_AGENDA_MINUTES", 30, least=0),
        ),
        staff=StaffSettings(
            mail=read_mail(env),
            slack_webhook=read_webhook(env),
            wait_minutes=_count(env, "FAQBOT_WAIT_MINUTES", 10),
            gone_minutes=_count(env, "FAQBOT_GONE_MINUTES", 5),
            away_minutes=_count(env, "FAQBOT_AWAY_MINUTES", 15),
        ),
        messenger=read_messenger(env, PROJECT_FOLDER),
    )


def _door(env: Mapping[str, str], host: str) -> DoorSettings:
    return DoorSettings(
        host=env.get("FAQBOT_PUBLIC_HOST") or host,
        port=_port(env, "FAQBOT_PORT", 8080),
        public_url=_public_url(env),
        ops_port=_port(env, "FAQBOT_OPS_PORT", 8081),
        token_secret=_token_secret(env),
        session_days=_count(env, "FAQBOT_SESSION_DAYS", 30),
        origins=_origins(env),
        proxies=env.get("FAQBOT_PROXIES") or "127.0.0.1",
        privacy_url=env.get("FAQBOT_PRIVACY_URL") or None,
        messages_per_session=_count(env, "FAQBOT_MESSAGES_PER_SESSION", 20),
        messages_per_address=_count(env, "FAQBOT_MESSAGES_PER_ADDRESS", 120),
        readings_per_session=_count(env, "FAQBOT_READINGS_PER_SESSION", 300),
        starts_per_address=_count(env, "FAQBOT_STARTS_PER_ADDRESS", 1200),
        max_streams=_count(env, "FAQBOT_MAX_STREAMS", 2000),
        streams_per_session=_count(env, "FAQBOT_STREAMS_PER_SESSION", 5),
        idle_seconds=_count(env, "FAQBOT_IDLE_SECONDS", 3600),
        concurrent_turns=_count(env, "FAQBOT_CONCURRENT_TURNS", 16),
    )


def _public_url(env: Mapping[str, str]) -> str | None:
    raw = env.get("FAQBOT_PUBLIC_URL")
    try:
        return parse_public_url(raw) if raw else None
    except ValueError:
        raise SettingError("FAQBOT_PUBLIC_URL must be like https://bot.example.org, without a path") from None


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name)
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise SettingError(f"{name} must be a port number from 1 to 65535, not {raw!r}")
    return int(raw)


def _count(env: Mapping[str, str], name: str, default: int, least: int = 1) -> int:
    raw = env.get(name)
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= 1_000_000:
        raise SettingError(f"{name} must be a whole number from {least} to 1000000, not {raw!r}")
    return int(raw)


def _file(env: Mapping[str, str], name: str) -> Path | None:
    raw = env.get(name)
    return PROJECT_FOLDER / raw if raw else None


def _token_secret(env: Mapping[str, str]) -> str | None:
    secret = env.get("FAQBOT_TOKEN_SECRET") or None
    if secret and len(secret.encode()) < _SHORTEST_SECRET:
        raise SettingError(f"FAQBOT_TOKEN_SECRET must have {_SHORTEST_SECRET} characters or more")
    return secret


def _origins(env: Mapping[str, str]) -> tuple[str, ...]:
    origins = tuple(part.strip().rstrip("/") for part in (env.get("FAQBOT_ORIGINS") or "").split(",") if part.strip())
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SettingError(f"FAQBOT_ORIGINS must be addresses like https://www.example.org, not {origin!r}")
    return origins
