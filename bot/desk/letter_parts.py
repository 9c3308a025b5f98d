"""What the pages of callbacks need beside the callbacks themselves, put together in `bot.app`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.foundation.mail_settings import MailSettings
from bot.services.agenda.present.words import Speaker
from bot.services.callback.appointments import Appointments
from bot.services.callback.letters import Letters
from bot.services.notify.post import Post
from bot.services.opening_hours.hours import Hours
from bot.store.database import Database


@dataclass(frozen=True)
class LetterParts:
    """Appointments, and letters that tell of them; the opening hours at this moment, None until they are entered."""

    appointments: Appointments
    letters: Letters
    hours: Callable[[], Hours | None]

    def is_closed_at(self, moment: datetime) -> bool:
        """Whether the centre is closed then, as far as its hours are known."""
        hours = self.hours()
        return hours is not None and not hours.state(moment).is_open


def letter_parts(
    database: Database, speaker: Speaker, mail: MailSettings | None, hours: Callable[[], Hours | None]
) -> LetterParts:
    """Both, on one database; without a mail server letters are written and not sent."""
    post = Post(mail, lambda: speaker.say("letter_reply_to", "en")) if mail else None
    return LetterParts(Appointments(database), Letters(database, speaker, post), hours)
