"""The ways to staff: e-mail by SMTP, and a Slack webhook. Each is set up or absent."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol

import httpx

from bot.foundation.settings import MailSettings
from bot.services.notify.words import Words

_SECONDS = 10.0
#: Signs that Slack would read as its own.
_SLACK_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class NotSent(RuntimeError):
    """The notice did not go out; the text names the kind of fault and nothing of the notice. Retry later."""


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
        message["From"], message["To"] = self._settings.sender, ", ".join(self._settings.recipients)
        message["Subject"] = " ".join(words.subject.split())
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="faqbot.invalid")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words.full)
        try:
            with self._connect() as server:
                if self._settings.user:
                    server.login(self._settings.user, self._settings.password or "")
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(type(error).__name__) from error

    def _connect(self) -> smtplib.SMTP:
        host, port = self._settings.host, self._settings.port
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
        if self._settings.security == "starttls":
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


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
