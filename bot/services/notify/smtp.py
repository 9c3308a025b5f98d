"""Hands a message to the mail server of the deployment. Used for notices to staff and for letters to visitors."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from bot.foundation.mail_settings import MailSettings

_SECONDS = 10.0


class NotSent(RuntimeError):
    """It did not go out; the text names the kind of fault and nothing of the words. Retry later."""


def deliver(settings: MailSettings, message: EmailMessage) -> None:
    """Send it now, with date and id. Blocks for seconds at most. Raises NotSent."""
    del message["From"]
    message["From"] = settings.sender
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=settings.sender.rpartition("@")[2])
    try:
        with _connect(settings) as server:
            if settings.user:
                server.login(settings.user, settings.password or "")
            server.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotSent(type(error).__name__) from error


def _connect(settings: MailSettings) -> smtplib.SMTP:
    host, port = settings.host, settings.port
    if settings.security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=_SECONDS)
    if settings.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
