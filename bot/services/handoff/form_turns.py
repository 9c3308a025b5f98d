"""One message while a callback form asks, or a button of the form: what becomes of the form, and what is said.

Every function runs in the caller's transaction, which holds the contact.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.foundation.choices import read_choice
from bot.foundation.ids import uuid7
from bot.foundation.reply import Part, Text
from bot.services.callback import form as steps
from bot.services.callback.asking import Asking
from bot.services.callback.form import Form
from bot.services.callback.reading import Act, Read, read
from bot.services.conversations.records import Waiting
from bot.services.handoff.asked import leave_queue, reason_and_theme
from bot.services.handoff.changes import change_state
from bot.services.handoff.setting import Setting
from bot.services.handoff.states import CALLBACK_OPEN, CANCELLED, EXPIRED, VISITOR
from bot.services.notify import pending
from bot.store import callback_rows, contact_rows, handoff_rows
from bot.store.callback_rows import CallbackRow, DraftRow
from bot.store.contact_rows import FORM, ContactRow
from bot.store.database import Connection
from bot.store.handoff_rows import HandoffRow

#: A form that nobody touched for so long is forgotten: the next message is about something else.
LAPSE = timedelta(minutes=60)
#: A callback that is asked for so soon after nobody came belongs to the same hand-off.
_SAME_WISH = timedelta(hours=24)

_ENDS = frozenset({"callback:cancel", "callback:refuse"})
#: Without signs that look alike.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class ForBot:
    """The bot should read the message first: `text` instead of the person's own words, None for these.

    `is_form` says that a form asks and goes on afterwards; `is_check` that only the bot's word about danger
    counts, and the message is the form's all the same.
    """

    text: str | None = None
    is_form: bool = False
    is_check: bool = False


@dataclass(frozen=True)
class FormTurn:
    """One message, with what it needs: `is_checked` once the bot has seen no danger in it."""

    connection: Connection
    setting: Setting
    contact: ContactRow
    waiting: Waiting
    language: str
    is_checked: bool = False
    note: str | None = None

    def take(self) -> tuple[Part, ...] | ForBot:
        """What is said, or that the bot should read it first."""
        now, choice = self.setting.now(), self.waiting.choice
        draft = self._draft(now)
        if choice == "callback:withdraw":
            return self._withdraw(now)
        if draft is None:
            return self._begin(now) if choice == "callback:start" else self._without_form(now)
        if choice and read_choice(choice).kind == "callback" and choice not in _ENDS:
            self._resume(now)
        return self._go_on(draft, read(Form(draft.answers), self.waiting.text, choice, self.setting.lists()), now)

    def again(self) -> tuple[Part, ...]:
        """The step that is asked, after the bot has said something."""
        draft = self._draft(self.setting.now())
        return self._asking.again(Form(draft.answers)) if draft else ()

    @property
    def _asking(self) -> Asking:
        return Asking(self.setting.speaker, self.language)

    def _draft(self, now: datetime) -> DraftRow | None:
        draft = callback_rows.draft_of(self.connection, self.contact.id)
        if draft and now - draft.changed_at >= LAPSE:
            self._end()
            return None
        return draft

    def _begin(self, now: datetime) -> tuple[Part, ...]:
        already = self._open_already(now)
        if already:
            return already
        self._resume(now)
        conversation = self.waiting.conversation_id
        reason, theme = reason_and_theme(self.connection, self.setting, self.contact.id, conversation)
        self._keep(DraftRow(self.contact.id, steps.NAME, {}, reason, theme, now))
        return self._asking.step(Form())

    def _without_form(self, now: datetime) -> tuple[Part, ...] | ForBot:
        """The form is gone: sent already, cancelled, or forgotten."""
        self._end()
        if not self.waiting.choice or read_choice(self.waiting.choice).kind != "callback":
            return ForBot()
        return self._open_already(now) or self._asking.nothing_open()

    def _go_on(self, draft: DraftRow, found: Read, now: datetime) -> tuple[Part, ...] | ForBot:
        form = found.form
        if found.act == Act.ASIDE:
            return ForBot(found.for_bot, is_form=True)
        if found.act == Act.FILLED and found.for_bot and not self.is_checked:
            return ForBot(found.for_bot, is_form=True, is_check=True)
        if found.act in (Act.CANCELLED, Act.REFUSED):
            self._end()
            return self._asking.ended("callback_cancelled" if found.act == Act.CANCELLED else "callback_refused")
        if found.act == Act.SENT:
            return self._send(draft, form, now)
        self._keep(DraftRow(draft.contact_id, form.step, dict(form.answers), draft.reason, draft.theme, now))
        if found.act == Act.CORRECTING:
            return self._asking.what_to_correct(form)
        if found.act == Act.UNFIT:
            return self._asking.unfit(form, found.problem or form.step)
        noted = (Text(self._asking.say(self.note)),) if self.note else ()
        return *noted, *self._asking.step(form)

    def _send(self, draft: DraftRow, form: Form, now: datetime) -> tuple[Part, ...]:
        deadline = now + timedelta(hours=self.setting.answer_hours())
        handoff = self._handoff(draft, form, now)
        reference = self._add_callback(handoff, form, now, deadline)
        pending.tell_staff(self.connection, pending.CALLBACK, handoff.id, handoff.language, now, reference)
        self._end()
        return self._asking.confirmed(reference, deadline, now)

    def _handoff(self, draft: DraftRow, form: Form, now: datetime) -> HandoffRow:
        language = form.answers[steps.LANGUAGE]
        expired = handoff_rows.last_of(self.connection, self.contact.id, EXPIRED)
        if expired and now - expired.requested_at < _SAME_WISH:
            change_state(self.connection, expired, CALLBACK_OPEN, now, VISITOR, language=language)
            return expired
        row = HandoffRow(
            id=uuid7(),
            contact_id=self.contact.id,
            conversation_id=self.waiting.conversation_id,
            state=CALLBACK_OPEN,
            reason=draft.reason,
            language=language,
            theme=draft.theme,
            requested_at=now,
        )
        handoff_rows.add(self.connection, row, VISITOR)
        return row

    def _add_callback(self, handoff: HandoffRow, form: Form, now: datetime, deadline: datetime) -> str:
        while True:
            reference = new_reference()
            row = CallbackRow(
                handoff_id=handoff.id,
                contact_id=self.contact.id,
                reference=reference,
                name=form.answers[steps.NAME],
                way=form.answers[steps.WAY],
                address=form.answers[steps.ADDRESS],
                suits=form.answers[steps.WHEN],
                question=form.answers[steps.QUESTION],
                language=form.answers[steps.LANGUAGE],
                consented_at=now,
                deadline=deadline,
            )
            if callback_rows.add(self.connection, row):
                return reference

    def _withdraw(self, now: datetime) -> tuple[Part, ...]:
        found = callback_rows.of_contact(self.connection, self.contact.id, CALLBACK_OPEN)
        if not found:
            return self._asking.nothing_open()
        for callback, handoff in found:
            withdraw(self.connection, callback, handoff, now)
        return self._asking.ended("callback_withdrawn", reference=found[-1][0].reference)

    def _open_already(self, now: datetime) -> tuple[Part, ...]:
        for callback, _ in callback_rows.of_contact(self.connection, self.contact.id, CALLBACK_OPEN):
            promised = (callback.reference, callback.deadline, now, callback.appointed_at)
            return self._asking.open_already(*promised)
        return ()

    def _keep(self, draft: DraftRow) -> None:
        callback_rows.keep_draft(self.connection, draft)

    def _resume(self, now: datetime) -> None:
        """What is typed now is for the form; who leaves details does not wait any more."""
        leave_queue(self.connection, self.contact, now)
        contact_rows.change(self.connection, self.contact.id, handoff=FORM)

    def _end(self) -> None:
        callback_rows.drop_draft(self.connection, self.contact.id)
        as_it_is = contact_rows.find(self.connection, self.contact.id)
        if as_it_is and as_it_is.handoff == FORM:
            contact_rows.change(self.connection, self.contact.id, handoff=None)


def withdraw(connection: Connection, callback: CallbackRow, handoff: HandoffRow, now: datetime) -> None:
    """The person wants no callback any more; staff hear of it by the reference alone."""
    change_state(connection, handoff, CANCELLED, now, VISITOR, ended_at=now)
    pending.tell_staff(connection, pending.WITHDRAWN, handoff.id, handoff.language, now, callback.reference)


def new_reference() -> str:
    """Six signs that can be said on the telephone, as in `7K3-Q9M`."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(6))
    return f"{signs[:3]}-{signs[3:]}"
