"""What can truthfully be offered to somebody who asks for a person. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from bot.services.handoff.routing import Counsellor, languages_there
from bot.services.opening_hours.hours import OpenState


class Offer(Enum):
    """LIVE: somebody is here who speaks the language. OTHER_LANGUAGES: somebody is here who does not.
    LATER: the centre is closed. NOBODY: nobody is in the chat, and no hour may be named."""

    LIVE = auto()
    OTHER_LANGUAGES = auto()
    LATER = auto()
    NOBODY = auto()


@dataclass(frozen=True)
class Available:
    """`languages` are those that could be waited for; `next_opening` is told with LATER where it is known."""

    offer: Offer
    languages: frozenset[str] = frozenset()
    next_opening: datetime | None = None


def available(language: str, counsellors: Sequence[Counsellor], hours: OpenState | None) -> Available:
    """What to offer in a language. `hours` is None as long as the centre has entered none.

    Outside its hours nobody is put into the queue, even when somebody forgot to leave; without hours the
    presence of counsellors decides alone, and without anybody there nobody ever waits.
    """
    if hours is not None and not hours.is_open:
        return Available(Offer.LATER, next_opening=hours.next_opening)
    there = languages_there(counsellors)
    if language in there:
        return Available(Offer.LIVE, there)
    return Available(Offer.OTHER_LANGUAGES, there) if there else Available(Offer.NOBODY)
