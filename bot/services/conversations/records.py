"""What goes in and out of the conversations service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Incoming:
    """A visitor's message. `client_id` is the door's own name for it: sent twice, it is stored once."""

    client_id: str
    text: str | None = None
    choice: str | None = None
    choice_title: str | None = None
    language: str | None = None
    page: str | None = None
    channel: str = "web"


@dataclass(frozen=True)
class Waiting:
    """A visitor's message to be worked off. `language` is what is known before it is read, or None; `handoff`
    says what stood between the person and the bot, as in contact_rows; `channel` is the door it came by."""

    message_id: str
    contact_id: str
    conversation_id: str
    text: str | None
    choice: str | None
    language: str | None
    attempts: int
    accepted_at: datetime
    handoff: str | None = None
    channel: str = "web"


@dataclass(frozen=True)
class Event:
    """Kinds: message, rating, restarted, language. `payload` holds raw Markdown; the door renders it."""

    seq: int
    kind: str
    payload: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True)
class Accepted:
    """`event_seq` is the number of the event that announces the message, `event` that event when it is new.

    `is_new_contact` says that the caller came without a contact and needs to be told of it. `waiting` is the
    message when the worker that took it in may work it off at once: the contact is claimed for it, and
    nothing waits before. `is_for_form` says that a callback form asks, which needs no Rasa.
    """

    contact_id: str
    message_id: str
    event_seq: int
    is_new_contact: bool
    is_repeated: bool
    event: Event | None = None
    waiting: Waiting | None = None
    is_for_form: bool = False


@dataclass(frozen=True)
class Told:
    """`events` are empty when the message was answered before, or its contact erased. `following` is the
    contact's next message; without one, the contact was given back in the same step."""

    events: list[Event]
    following: Waiting | None = None


@dataclass(frozen=True)
class Claim:
    """A worker that wants to have a contact until a moment."""

    worker: str
    until: datetime


@dataclass(frozen=True)
class TranscriptLine:
    """One message: `text` of a visitor (words, or the title of the button), `reply` of the others."""

    role: str
    at: datetime
    language: str | None
    text: str | None
    reply: dict[str, Any] | None


class UnknownContact(LookupError):
    """No such contact, or it was erased. A retry does not help."""
