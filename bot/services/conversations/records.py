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
class Accepted:
    """`event_seq` is the number of the event that announces the message; `is_new_contact` says that the
    caller came without a contact and needs to be told of it."""

    contact_id: str
    message_id: str
    event_seq: int
    is_new_contact: bool
    is_repeated: bool


@dataclass(frozen=True)
class Waiting:
    """A visitor's message to be worked off. `language` is what is known before it is read, or None."""

    message_id: str
    contact_id: str
    conversation_id: str
    text: str | None
    choice: str | None
    language: str | None
    attempts: int
    accepted_at: datetime


@dataclass(frozen=True)
class Event:
    """Kinds: message, rating, restarted, language. `payload` holds raw Markdown; the door renders it."""

    seq: int
    kind: str
    payload: dict[str, Any]
    created_at: datetime


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
