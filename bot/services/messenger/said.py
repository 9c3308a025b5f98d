"""Stores what a person says in Messenger: the same queue, order and dedupe as in the web chat."""

from __future__ import annotations

from bot.foundation.choices import ERASE, ERASE_NOW, read_choice
from bot.foundation.languages import LANGUAGES
from bot.services.conversations import answers, intake
from bot.services.conversations.records import Incoming
from bot.services.handoff.person_turns import PersonTurns
from bot.services.messenger.happenings import CameBy, Said
from bot.services.messenger.open_thread import OpenThread
from bot.services.messenger.people import CHANNEL
from bot.store import message_rows
from bot.store.messenger_rows import ELSEWHERE, OURS

_LONGEST_WISH = 60
#: What stands for a choice that came without a title; of the others without one, links alone are left.
_TITLES = {"start": "start"}


def take_said(thread: OpenThread, said: Said) -> str:
    """Store it, for the bot or, while staff answers elsewhere, for staff alone; what became of it."""
    if said.choice == ERASE_NOW:
        # Not stored: it would be erased at once. Until that is done the call itself is kept.
        thread.wants_erasing = True
        return "erasing"
    if said.language:
        if message_rows.by_client(thread.connection, thread.contact.id, said.client_id):
            return "repeated"
        _note_language(thread, said.language)
    at, is_standby = thread.moment(said.thread), said.thread.is_standby
    is_theirs = is_standby or thread.silence.holds(thread.person, at)
    choice = ERASE if said.choice is None and _asks_to_erase(thread, said.text) else said.choice
    incoming = Incoming(
        client_id=said.client_id,
        text=said.text,
        choice=choice,
        choice_title=said.choice_title or title_of(thread, said.choice),
        language=None if thread.contact.language else thread.hint,
        page=thread.page.name,
        channel=CHANNEL,
    )
    accepted = intake.accept_from(thread.connection, thread.contact, incoming, thread.now, is_for_bot=not is_theirs)
    if accepted.event is None:
        return "repeated"
    thread.tell(accepted.event)
    if is_standby or not is_theirs:
        _note_owner(thread, ELSEWHERE if is_standby else OURS)
    last = thread.person.last_from_person_at
    if last is None or at > last:
        thread.change(last_from_person_at=at)
    thread.wants_bot = thread.wants_bot or not is_theirs
    if not is_theirs and (accepted.is_for_form or (choice and PersonTurns.knows(choice))):
        thread.needs_no_bot.append((accepted.message_id, choice))
    return "kept_for_staff" if is_theirs else "stored"


def take_came_by(thread: OpenThread, came: CameBy) -> str:
    """A link names a language: it counts as one that the person chose."""
    _note_language(thread, came.language)
    at, last = thread.moment(came.thread), thread.person.last_from_person_at
    if last is None or at > last:
        thread.change(last_from_person_at=at)
    return "noted"


def title_of(thread: OpenThread, choice: str | None) -> str | None:
    """What the thread shows for a choice without a button; None for words."""
    if choice is None:
        return None
    read = read_choice(choice)
    name = _TITLES.get(read.kind) or (read.value if read.kind == "received" else "by_link")
    return thread.say(f"messenger_title_{name}", thread.language)


def _asks_to_erase(thread: OpenThread, text: str | None) -> bool:
    """Whether these words, and no others, ask for everything to be erased."""
    if text is None or len(text) > _LONGEST_WISH:
        return False
    bare = _folded(text)
    return any(
        bare == _folded(words)
        for language in LANGUAGES
        for words in thread.say("messenger_erase_words", language).split(",")
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().strip(" .!?").split())


def _note_language(thread: OpenThread, language: str | None) -> None:
    if language is None:
        return
    event = answers.note_language(thread.connection, thread.contact, language, thread.now)
    thread.reread()
    if event:
        thread.tell(event)


def _note_owner(thread: OpenThread, owner: str) -> None:
    """Meta sends to us what is ours: so it says who has the thread, also where no event told of a change."""
    if thread.person.thread != owner:
        thread.change(thread=owner)
