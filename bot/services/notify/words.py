"""Words of a notice to staff: a subject, and a text with or without what leads to the person. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.foundation.languages import OWN_NAMES
from bot.services.agenda.present.moments import day_words, time_words
from bot.services.agenda.present.words import Speaker
from bot.services.callback.addresses import shown_telephone
from bot.services.callback.due import due_of
from bot.services.callback.form import MOMENTS, TELEPHONE
from bot.services.notify.pending import CALLBACK, WITHDRAWN
from bot.services.opening_hours.hours import BRUSSELS
from bot.store.callback_rows import CallbackRow


@dataclass(frozen=True)
class Words:
    """`short` holds no personal data; `full` does where staff need it to answer."""

    subject: str
    short: str
    full: str


@dataclass(frozen=True)
class Told:
    """What a notice tells of. `callback` is None for somebody who waits, and for one that is withdrawn."""

    kind: str
    language: str
    handoff_id: str
    reference: str | None
    theme: str | None
    callback: CallbackRow | None


def compose(told: Told, now: datetime, speaker: Speaker, site: str | None = None) -> Words:
    """The notice in the language of the person, which is that of the counsellor who answers. `site` is the
    address of the deployment; without one there is no link to the desk."""
    composer = _Composer(told, now, speaker, site)
    short = composer.short()
    return Words(composer.subject(), short, composer.full(short) if told.kind == CALLBACK else short)


class _Composer:
    def __init__(self, told: Told, now: datetime, speaker: Speaker, site: str | None) -> None:
        self._told, self._now, self._speaker, self._site = told, now, speaker, site

    def subject(self) -> str:
        return self._say(f"email_{self._told.kind}_subject", reference=self._told.reference or "")

    def short(self) -> str:
        callback = self._told.callback
        moment = self._moment(due_of(callback)) if callback else ""
        is_appointed = callback is not None and due_of(callback) == callback.appointed_at
        key = f"{self._told.kind}_appointment" if is_appointed and self._told.kind != CALLBACK else self._told.kind
        lines = [self._say(f"email_{key}_words", deadline=moment), ""]
        if self._told.reference:
            lines.append(self._line(self._say("email_reference"), self._told.reference))
        lines.append(self._line(self._say("callback_label_language"), OWN_NAMES[self._told.language]))
        if self._told.theme:
            lines.append(self._line(self._say("email_theme"), self._told.theme))
        if self._told.kind != WITHDRAWN:
            lines += self._what_to_do()
        return "\n".join(lines)

    def _what_to_do(self) -> list[str]:
        """Where the desk shows it; without an address of the site, the verb of the machine."""
        reference = self._told.reference
        if self._site:
            page = f"callbacks/{reference}" if reference else f"talks/{self._told.handoff_id}"
            return ["", self._say("email_open", link=f"{self._site}/desk/{page}")]
        return ["", self._say("email_when_done", reference=reference)] if reference else []

    def full(self, short: str) -> str:
        callback = self._told.callback
        assert callback is not None  # a notice of a callback has one
        address = shown_telephone(callback.address) if callback.way == TELEPHONE else callback.address
        when = self._say(f"callback_when_{callback.suits}") if callback.suits in MOMENTS else callback.suits
        answers = {
            "name": callback.name,
            "way": self._say(f"callback_way_{callback.way}"),
            "address": address,
            "when": when,
            "question": callback.question,
        }
        lines = [self._line(self._say(f"callback_label_{step}"), answer) for step, answer in answers.items()]
        return "\n".join((*lines, "", short))

    def _line(self, label: str, value: str) -> str:
        return self._say("email_line", label=label, value=value)

    def _moment(self, moment: datetime) -> str:
        local, today = moment.astimezone(BRUSSELS), self._now.astimezone(BRUSSELS).date()
        day = day_words(local.date(), today, self._told.language)
        return self._say("agenda_at", day=day, time=time_words(local.time(), self._told.language, self._speaker))

    def _say(self, key: str, **names: str) -> str:
        return self._speaker.say(key, self._told.language, **names)
