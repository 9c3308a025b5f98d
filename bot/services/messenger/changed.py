"""A person changes a message or takes it back: the store says what the message says now, or no longer holds it."""

from __future__ import annotations

from dataclasses import replace

from bot.foundation.choices import read_choice, received_choice
from bot.foundation.reply import Reply, Text
from bot.services.callback.form import Form
from bot.services.conversations import events
from bot.services.messenger.happenings import Edited, Unsent
from bot.services.messenger.open_thread import OpenThread
from bot.services.messenger.said import title_of
from bot.store import callback_rows, message_changes, message_rows
from bot.store.message_rows import DONE, VISITOR, WAITING, MessageRow

_UNSENT = received_choice("unsent")


def take_edited(thread: OpenThread, edited: Edited) -> str:
    """Keep the new words; if the message is not answered yet, they are what is answered."""
    row = message_rows.by_client(thread.connection, thread.contact.id, edited.client_id)
    if row is None or row.role != VISITOR or row.choice == _UNSENT:
        return "unknown"
    if row.choice and read_choice(row.choice).kind != "received":
        return "unknown"  # a button has no words that could be changed
    title = title_of(thread, edited.choice)
    _write(thread, replace(row, text=edited.text, choice=edited.choice, choice_title=title))
    thread.wants_bot = thread.wants_bot or row.state == WAITING
    return "changed"


def take_unsent(thread: OpenThread, unsent: Unsent) -> str:
    """Remove the words wherever we keep them; a message that waits is not answered any more."""
    row = message_rows.by_client(thread.connection, thread.contact.id, unsent.client_id)
    if row is None:
        return "unknown"
    if row.choice == _UNSENT:
        return "repeated"
    title = title_of(thread, _UNSENT)
    if row.role == VISITOR:
        state = DONE if row.state == WAITING else row.state
        _forget_in_form(thread, row)
        _write(thread, replace(row, text=None, choice=_UNSENT, choice_title=title, state=state))
    else:
        said = Reply(thread.language, (Text(title or ""),)).as_dict()
        _write(thread, replace(row, choice=_UNSENT, choice_title=title, reply=said))
    thread.forgotten.append(row.conversation_id)
    return "removed"


def _write(thread: OpenThread, row: MessageRow) -> None:
    message_changes.rewrite(thread.connection, row)
    events.say_anew(thread.connection, row)
    thread.is_changed = True


def _forget_in_form(thread: OpenThread, row: MessageRow) -> None:
    """A form that is half filled in asks again for what was taken back."""
    draft = callback_rows.draft_of(thread.connection, thread.contact.id)
    if draft is None or row.text is None:
        return
    answers = {step: value for step, value in draft.answers.items() if value != row.text.strip()}
    if len(answers) < len(draft.answers):
        callback_rows.keep_draft(thread.connection, replace(draft, answers=answers, step=Form(answers).step))
