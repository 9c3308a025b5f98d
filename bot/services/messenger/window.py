"""Until when what may be written to a person of Messenger: Meta's rule of 24 hours, by who writes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from bot.store.message_rows import COUNSELLOR

#: So long after the person's last message anything that answers it may be sent,
ANSWER_WINDOW = timedelta(hours=24)
#: and so long what a person of the staff has written.
HUMAN_WINDOW = timedelta(days=7)


class Way(Enum):
    """How a message may be sent."""

    RESPONSE = "response"
    HUMAN_AGENT = "human_agent"
    CLOSED = "closed"


def way_of(role: str, last_from_person_at: datetime | None, now: datetime) -> Way:
    """How what somebody of this role says may be sent now. The tag for people is never for the bot or the house."""
    if last_from_person_at is None:
        return Way.CLOSED
    silence = now - last_from_person_at
    if silence <= ANSWER_WINDOW:
        return Way.RESPONSE
    return Way.HUMAN_AGENT if role == COUNSELLOR and silence <= HUMAN_WINDOW else Way.CLOSED


def closes_at(last_from_person_at: datetime | None) -> datetime | None:
    """Until when a counsellor can write; None when the person has never written."""
    return last_from_person_at + HUMAN_WINDOW if last_from_person_at else None
