"""The ways to staff: e-mail by SMTP, and a Slack webhook. Each is set up or absent."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Protocol

import httpx

from bot.foundation.mail_settings import MailSettings
from bot.services.notify.smtp import NotSent, deliver
from bot.services.notify.words import Words

_SECONDS = 10.0
#: Signs that Slack would read as its own.
_SLACK_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class Channel(Protocol):
    """One way to staff."""

    def send(self, words: Words) -> None:
        """Tell it now. Blocks for seconds at most; raises NotSent."""


class Mail:
    """E-mail to the centre's own mailbox. It holds what staff need to answer, the person's details too."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, words: Words) -> None:
        """Raises NotSent."""
        message = EmailMessage()
        message["To"] = ", ".join(self._settings.recipients)
        message["Subject"] = " ".join(words.subject.split())
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words.full, cte="quoted-printable")
        deliver(self._settings, message)


class Slack:
    """A message in a Slack channel, without personal data: it leaves the house."""

    def __init__(self, webhook: str) -> None:
        self._webhook = webhook

    def send(self, words: Words) -> None:
        """Raises NotSent."""
        text = "".join(_SLACK_SIGNS.get(sign, sign) for sign in f"*{words.subject}*\n{words.short}")
        try:
            response = httpx.post(self._webhook, json={"text": text}, timeout=_SECONDS)
        except httpx.HTTPError as error:
            raise NotSent(type(error).__name__) from error
        if response.status_code != 200:
            raise NotSent(f"HTTP {response.status_code}")
