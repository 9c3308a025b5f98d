"""Letters to visitors by e-mail, in the name of the centre: whoever answers writes to the centre's own address."""

from __future__ import annotations

from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage

from bot.foundation.mail_settings import MailSettings
from bot.services.notify.smtp import NotSent, deliver


class Post:
    """One per process. `reply_to` gives the address that answers go to; without one, the mailbox of the staff."""

    def __init__(self, settings: MailSettings, reply_to: Callable[[], str]) -> None:
        self._settings, self._reply_to = settings, reply_to

    def send(self, to: str, subject: str, body: str, language: str) -> None:
        """Send one letter to one address. Blocks for seconds at most. Raises NotSent."""
        message = EmailMessage()
        try:
            # One address, read as such: a comma or a line in it makes no second one and no other header.
            message["To"] = Address(addr_spec=to)
            message["Reply-To"] = Address(addr_spec=self._reply_to() or self._settings.recipients[0])
            message["Subject"] = " ".join(subject.split())
        except (ValueError, IndexError) as error:
            raise NotSent(type(error).__name__) from error
        message.set_content(body, cte="quoted-printable")
        # Afterwards: setting the words takes away every header about them.
        message["Content-Language"] = language
        deliver(self._settings, message)
