"""Takes in all that calls of Meta told, in one transaction, in order for each person.

People are taken in one order always, so that two calls at once never wait for each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.foundation import clock
from bot.foundation.messenger_settings import MessengerSettings
from bot.services.conversations.records import Claim, Event, Waiting
from bot.services.messenger import changed, said, signs, staff
from bot.services.messenger.happenings import (
    CameBy,
    Edited,
    Happenings,
    NotificationsSet,
    OfPerson,
    Reacted,
    Said,
    Seen,
    Sent,
    StaffWrote,
    ThreadMoved,
    Unsent,
)
from bot.services.messenger.open_thread import OpenThread, Say
from bot.services.messenger.people import find_or_make
from bot.store import messenger_rows
from bot.store.database import Connection, Database
from bot.store.messenger_held import find_held
from bot.store.tracker_rows import TrackerRows

#: How each is stored, and its name in the figures.
_TAKERS: dict[type, tuple[str, Callable[[OpenThread, Any], str]]] = {
    Said: ("message", said.take_said),
    CameBy: ("referral", said.take_came_by),
    Edited: ("edit", changed.take_edited),
    Unsent: ("unsend", changed.take_unsent),
    Reacted: ("reaction", signs.take_reacted),
    Seen: ("receipt", signs.take_seen),
    Sent: ("echo_own", signs.take_sent),
    StaffWrote: ("echo_staff", staff.take_staff_wrote),
    ThreadMoved: ("thread_control", staff.take_thread_moved),
    NotificationsSet: ("notifications", signs.take_notifications),
}


@dataclass
class TakenContact:
    """What came of it for one contact. `waiting` is the message that the worker that took it in may work off.

    `hint_wanted`: nothing is known of the language yet; the profile may tell. `seen_by_person` is the last event
    that the person has read, where a counsellor wants to know. `wants_erasing`: they want nothing to be kept.
    `needs_no_bot` are messages behind others that should not wait long for a bot that is away.
    """

    contact_id: str
    page_id: str
    psid: str
    told: list[Event]
    waiting: Waiting | None
    wants_bot: bool
    is_changed: bool
    hint_wanted: bool
    voted_down: list[str]
    seen_by_person: int | None
    wants_erasing: bool
    needs_no_bot: list[tuple[str, str | None]]
    language: str


@dataclass
class TakenIn:
    """`outcomes` counts happenings by kind and by what became of them; `forgotten` are conversations whose words the
    engine must not keep."""

    contacts: list[TakenContact] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)


class MessengerIntake:
    """One per process. `trackers` is the engine's memory, from which words that were taken back go too."""

    def __init__(
        self,
        database: Database,
        settings: MessengerSettings,
        say: Say,
        now: Callable[[], datetime] = clock.now,
        trackers: TrackerRows | None = None,
    ) -> None:
        self._database, self._settings, self._say = database, settings, say
        self._now, self._trackers = now, trackers

    def take_in(
        self, connection: Connection, happenings: Happenings, worker: str | None, lease_seconds: float
    ) -> TakenIn:
        """Store all or nothing, in the caller's transaction; once that is written, `forget` is to be called.

        With `worker` a contact with something to answer is claimed for it in the same step, where that is possible.
        Raises DatabaseError; the same again is safe and nothing is doubled.
        """
        now, taken = self._now(), TakenIn()
        claim = Claim(worker, now + timedelta(seconds=lease_seconds)) if worker else None
        for returned in happenings.returned:
            messenger_rows.return_threads(connection, returned.page_id, returned.at or now)
            taken.outcomes["app_roles", "returned"] += 1
        for (page_id, psid), group in sorted(_by_person(happenings.of_people).items()):
            thread = self._open(connection, page_id, psid, group, now)
            if thread is None:
                taken.outcomes.update((_TAKERS[type(one)][0], "unknown_person") for one in group)
                continue
            taken.contacts.append(_take(thread, group, claim, taken.outcomes))
            taken.forgotten += thread.forgotten
        taken.outcomes.update(happenings.passed_over)
        return taken

    def forget(self, taken: TakenIn) -> None:
        """Let the engine forget words that were taken back. Outside of our transaction: both databases can be one
        file, and then they would wait for each other."""
        if taken.forgotten and self._trackers:
            self._trackers.delete(taken.forgotten)

    def _open(
        self, connection: Connection, page_id: str, psid: str, group: list[OfPerson], now: datetime
    ) -> OpenThread | None:
        page = self._settings.page(page_id)
        if page is None:
            return None
        if any(map(_makes_known, group)):
            person, contact, is_new = find_or_make(connection, page_id, psid, now)
            return OpenThread(connection, page, person, contact, is_new, now, self._say)
        known = find_held(connection, page_id, psid)
        return OpenThread(connection, page, *known, False, now, self._say) if known else None


def _take(
    thread: OpenThread, group: list[OfPerson], claim: Claim | None, outcomes: Counter[tuple[str, str]]
) -> TakenContact:
    for one in group:
        kind, take = _TAKERS[type(one)]
        outcomes[kind, take(thread, one)] += 1
    waiting = thread.close(claim)
    return TakenContact(
        contact_id=thread.contact.id,
        page_id=thread.person.page_id,
        psid=thread.person.psid,
        told=thread.told,
        waiting=waiting,
        wants_bot=thread.wants_bot,
        is_changed=thread.is_changed,
        hint_wanted=thread.wants_bot and thread.contact.language is None and thread.person.locale is None,
        voted_down=thread.voted_down,
        seen_by_person=thread.seen_by_person,
        wants_erasing=thread.wants_erasing,
        needs_no_bot=[pair for pair in thread.needs_no_bot if waiting is None or pair[0] != waiting.message_id],
        language=thread.language,
    )


def _makes_known(one: OfPerson) -> bool:
    """Whether somebody who is not known yet should be from now on."""
    if isinstance(one, CameBy):
        return one.language is not None
    return isinstance(one, (Said, StaffWrote)) or (isinstance(one, ThreadMoved) and not one.is_ours)


def _by_person(happenings: Iterable[OfPerson]) -> dict[tuple[str, str], list[OfPerson]]:
    """Each person's happenings by Meta's clock; one without a moment stays behind the one before it."""
    groups: dict[tuple[str, str], list[tuple[datetime | None, OfPerson]]] = defaultdict(list)
    for one in happenings:
        group = groups[one.thread.page_id, one.thread.psid]
        group.append((one.thread.at or (group[-1][0] if group else None), one))
    return {
        key: [one for _, one in sorted(group, key=lambda pair: (pair[0] is not None, pair[0] or 0))]
        for key, group in groups.items()
    }
