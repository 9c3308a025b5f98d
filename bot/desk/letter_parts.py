"""What the pages of callbacks need beside the callbacks themselves, put together in `bot.app`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.foundation.mail_settings import MailSettings
from bot.services.agenda.present.words import Speaker
from bot.services.callback.appointments import Appointments
from bot.services.callback.letters import Letters
from bot.services.notify.post import Post
from bot.store.database import Database


@dataclass(frozen=True)
class LetterParts:
    """Appointments, and letters that tell of them."""

    appointments: Appointments
    letters: Letters


def letter_parts(database: Database, speaker: Speaker, mail: MailSettings | None) -> LetterParts:
    """Both, on one database; without a mail server letters are written and not sent."""
    post = Post(mail, lambda: speaker.say("letter_reply_to", "en")) if mail else None
    return LetterParts(Appointments(database), Letters(database, speaker, post))
