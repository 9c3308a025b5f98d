"""The hand-off's fixture and a mail server, for notices of what happens there."""

from __future__ import annotations

from tests.services.handoff.conftest import light
from tests.services.notify.mail_server import mail_server

__all__ = ["light", "mail_server"]
