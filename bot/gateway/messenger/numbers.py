"""Reads a number that somebody types as the choice with that number in the list under the last answer.

Needed where there are more choices than Meta shows buttons for, or where two buttons would look the same.
"""

from __future__ import annotations

from dataclasses import replace

from bot.gateway.messenger.rendering import MessengerRendering
from bot.services.messenger.deliveries import Deliveries
from bot.services.messenger.happenings import Happenings, OfPerson, Said

_LONGEST = 6


class Numbers:
    """One per process. Called in a thread; asks the database only where a number was typed."""

    def __init__(self, deliveries: Deliveries, rendering: MessengerRendering) -> None:
        self._deliveries, self._rendering = deliveries, rendering

    def read(self, happenings: Happenings) -> Happenings:
        """The happenings with the choices that were meant. Raises DatabaseError."""
        if not any(_looks_like_number(one) for one in happenings.of_people):
            return happenings
        return replace(happenings, of_people=tuple(self._read(one) for one in happenings.of_people))

    def _read(self, one: OfPerson) -> OfPerson:
        if not isinstance(one, Said) or not _looks_like_number(one):
            return one
        reply = self._deliveries.last_reply(one.thread.page_id, one.thread.psid)
        choice = self._rendering.choice_of_number(reply, one.text or "") if reply else None
        return replace(one, text=None, choice=choice.id, choice_title=choice.title) if choice else one


def _looks_like_number(one: OfPerson) -> bool:
    if not isinstance(one, Said) or one.choice is not None or one.text is None:
        return False
    return len(one.text) <= _LONGEST and any(character.isdigit() for character in one.text)
