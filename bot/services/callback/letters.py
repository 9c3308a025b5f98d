"""Letters to the person behind a callback, by e-mail, from a template in their language. Used by the desk.

A letter is begun in the history before it goes out and settled afterwards, so a form that is sent twice sends one
letter. What is written is never logged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.foundation import clock
from bot.services.agenda.present.moments import day_words, time_words
from bot.services.agenda.present.words import Speaker
from bot.services.callback.appointments import note_heard
from bot.services.callback.callbacks import TO_DO, Callback, find_callback
from bot.services.callback.form import EMAIL, VIDEO
from bot.services.notify.smtp import NotSent
from bot.services.opening_hours.hours import BRUSSELS
from bot.store import callback_act_rows, contact_rows
from bot.store.callback_act_rows import ActRow
from bot.store.database import Database

ANSWER, APPOINTMENT, NOT_REACHED = "answer", "appointment", "not_reached"
TEMPLATES: tuple[str, ...] = (ANSWER, APPOINTMENT, NOT_REACHED)
#: Kinds of acts: it went out; it was begun, and the process ended before anybody knew.
LETTER, LETTER_BEGUN = "letter", "letter_begun"
LONGEST_SUBJECT, LONGEST_BODY = 150, 8000
#: Stands in a template where the counsellor's own words belong.
GAP = "[…]"
_QUOTED_LETTERS = 400


class Post(Protocol):
    """The way to visitors."""

    def send(self, to: str, subject: str, body: str, language: str) -> None:
        """Send one letter. Raises NotSent."""


@dataclass(frozen=True)
class Draft:
    """A letter as it is in the form."""

    subject: str
    body: str

    def fault(self) -> str | None:
        """Why it cannot go out: empty, too_long, or gap (the counsellor's own words are missing)."""
        if not self.subject.strip() or not self.body.strip():
            return "empty"
        if len(self.subject) > LONGEST_SUBJECT or len(self.body) > LONGEST_BODY:
            return "too_long"
        return "gap" if GAP in self.body or GAP in self.subject else None


class SentAlready(RuntimeError):
    """The same form was sent before: the letter is out, or on its way."""


class NoAddress(ValueError):
    """The person has left no e-mail address."""


class Letters:
    """One per process. `post` is None where no mail server is set up."""

    def __init__(
        self, database: Database, speaker: Speaker, post: Post | None, now: Callable[[], datetime] = clock.now
    ) -> None:
        self._database, self._speaker, self._post, self._now = database, speaker, post, now

    @property
    def is_set_up(self) -> bool:
        """Whether a letter can go out at all."""
        return self._post is not None

    def draft(self, callback: Callback, template: str, counsellor: str) -> Draft:
        """The template filled in, in the person's language."""
        language = callback.language
        question = " ".join(callback.question.split())
        # What the person wrote comes last: what looks like a placeholder in it is not filled any more.
        names = {
            "reference": callback.reference,
            "asked": self._moment(callback.asked_at, language),
            "moment": self._moment(callback.appointed_at, language) if callback.appointed_at else GAP,
            "way": self._speaker.say(f"letter_way_{callback.way}", language),
            "gap": GAP,
            "counsellor": counsellor,
            "name": callback.name,
            "question": question[:_QUOTED_LETTERS] + ("…" if len(question) > _QUOTED_LETTERS else ""),
        }
        subject, body = (
            self._speaker.say(f"letter_{template}_{part}", language, **names) for part in ("subject", "body")
        )
        return Draft(subject[:LONGEST_SUBJECT], body)

    def send(self, reference: str, by: str, letter_id: str, template: str, draft: Draft) -> None:
        """Send it and keep it in the history; the person has heard from us then.

        Raises UnknownReference, NoAddress, SentAlready, NotSent (nothing is kept then), DatabaseError.
        """
        to, language = self._begin(reference, by, letter_id, template, draft)
        try:
            if self._post is None:
                raise NotSent("no mail server")
            self._post.send(to, draft.subject, draft.body, language)
        except NotSent:
            with self._database.writing() as connection:
                callback_act_rows.remove(connection, letter_id)
            raise
        self._settle(reference, letter_id)

    def _begin(self, reference: str, by: str, letter_id: str, template: str, draft: Draft) -> tuple[str, str]:
        with self._database.writing() as connection:
            _, seen = find_callback(connection, reference)
            contact_rows.lock(connection, seen.contact_id)
            row, _ = find_callback(connection, reference)
            if row.way not in (EMAIL, VIDEO):
                raise NoAddress("this person left no e-mail address")
            detail = {"template": template, "to": row.address, "subject": draft.subject, "body": draft.body}
            act = ActRow(letter_id, row.handoff_id, row.contact_id, LETTER_BEGUN, self._now(), by[:64], detail)
            if not callback_act_rows.add(connection, act):
                raise SentAlready("this letter was sent already")
            return row.address, row.language

    def _settle(self, reference: str, letter_id: str) -> None:
        with self._database.writing() as connection:
            if callback_act_rows.find(connection, letter_id) is None:
                return  # the person has erased everything meanwhile
            _, seen = find_callback(connection, reference)
            contact_rows.lock(connection, seen.contact_id)
            row, handoff = find_callback(connection, reference)
            callback_act_rows.settle(connection, letter_id, LETTER)
            if handoff.state in TO_DO:
                note_heard(connection, row, self._now())

    def _moment(self, moment: datetime, language: str) -> str:
        local, today = moment.astimezone(BRUSSELS), self._now().astimezone(BRUSSELS).date()
        day = day_words(local.date(), today, language)
        return self._speaker.say(
            "agenda_at", language, day=day, time=time_words(local.time(), language, self._speaker)
        )
