"""The ways to staff: a mail server and a Slack webhook, both optional. Read from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bot.foundation.setting_error import SettingError

_MAIL_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
#: How the connection is kept secret, and the usual port.
_SMTP_FORMS = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


@dataclass(frozen=True)
class MailSettings:
    """Where notices to staff go by e-mail. `security` is none, starttls or tls."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None
    sender: str
    recipients: tuple[str, ...]


def read_mail(env: Mapping[str, str]) -> MailSettings | None:
    """E-mail as the environment sets it up; None without any of its variables. Raises SettingError."""
    server, sender = env.get("FAQBOT_SMTP"), env.get("FAQBOT_MAIL_FROM")
    recipients = tuple(part.strip() for part in (env.get("FAQBOT_MAIL_TO") or "").split(",") if part.strip())
    if not server and not sender and not recipients:
        return None
    if not server or not sender or not recipients:
        raise SettingError("FAQBOT_SMTP, FAQBOT_MAIL_FROM and FAQBOT_MAIL_TO are needed together")
    for address in (sender, *recipients):
        if not _MAIL_ADDRESS.fullmatch(address):
            raise SettingError(f"FAQBOT_MAIL_FROM and FAQBOT_MAIL_TO must be e-mail addresses, not {address!r}")
    try:
        parts = urlsplit(server)
        security, default = _SMTP_FORMS[parts.scheme]
        port = parts.port or default
    except (ValueError, KeyError):
        parts, security, port = urlsplit(""), "", 0
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        # The value may hold a password, so it is not repeated.
        raise SettingError(
            "FAQBOT_SMTP must be like smtp://host:25, smtp+starttls://user:password@host or smtps://host"
        )
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return MailSettings(parts.hostname, port, security, user, password, sender, recipients)


def read_webhook(env: Mapping[str, str]) -> str | None:
    """The address of the Slack webhook, if there is one. Raises SettingError."""
    webhook = env.get("FAQBOT_SLACK_WEBHOOK") or None
    if webhook and not re.fullmatch(r"https?://[^\s/]+/\S*", webhook):
        raise SettingError("FAQBOT_SLACK_WEBHOOK must be the address of an incoming webhook")
    return webhook
