"""Small signs between a person and the staff, while somebody waits or talks: who is there, what each side has seen,
how the person stands. For the gateway's streams and for the desk.

Every call is one short transaction. Raises DatabaseError; a sign that is lost is given again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.handoff.setting import Setting
from bot.services.handoff.states import WAITING, WITH_COUNSELLOR
from bot.store import handoff_rows, message_rows, presence_rows, sight_rows, talk_rows
from bot.store.database import Connection, Database
from bot.store.message_rows import COUNSELLOR, VISITOR
from bot.store.sight_rows import SightRow

#: The channel whose people have a stream; of the others nobody knows whether they are there.
WEB = "web"
#: A person whose stream was open so lately is there: a page that is loaded again must not look like going away.
HERE_FOR = timedelta(seconds=20)


@dataclass(frozen=True)
class Standing:
    """WAITING with a `place`, 1 for the next, or WITH_COUNSELLOR with their `name`. `staff_saw` is the last event by
    the person that the counsellor had before them."""

    state: str
    place: int | None = None
    name: str | None = None
    staff_saw: int = 0


@dataclass(frozen=True)
class Sight:
    """A person as the desk sees them. `is_here` is None where nobody can know; `gone_since` when they are not here.
    `saw` is the last event by staff that they had before them, at `saw_at`."""

    is_here: bool | None
    gone_since: datetime | None
    saw: int
    saw_at: datetime | None


@dataclass(frozen=True)
class Overview:
    """Hand-offs that wait, with the counsellor for whom each is kept, if any; of each counsellor the talks in which
    the person spoke last, with the number of that event; who is there for people; a stamp that changes when somebody
    who waits or talks comes or goes; of each counsellor all talks with the number of what was said last; and the
    newest change of any hand-off."""

    waiting: tuple[tuple[str, str | None], ...]
    talks: dict[str, list[tuple[str, int]]]
    present: frozenset[str]
    here: str
    held: dict[str, list[tuple[str, int]]]
    last_change: str

    def stamp(self, staff: str) -> str:
        """Changes with all that a counsellor's inbox shows."""
        is_present = staff in self.present
        return f"{self.last_change}/{self.held.get(staff)}/{self.waiting}/{is_present}/{self.here}"


class Signs:
    """One per process."""

    def __init__(self, database: Database, setting: Setting) -> None:
        self._database, self._setting = database, setting

    def standings(self) -> dict[str, Standing]:
        """Everybody who waits or is with somebody, by contact."""
        with self._database.reading() as connection:
            waiting, held = handoff_rows.waiting(connection), handoff_rows.held(connection)
            names = presence_rows.names(connection) if held else {}
            seen = sight_rows.of(connection, [row.contact_id for row in held]) if held else {}
        found = {row.contact_id: Standing(WAITING, place) for place, row in enumerate(waiting, start=1)}
        for row in held:
            name = names.get(row.staff or "", row.staff)
            saw = seen[row.contact_id].staff_saw if row.contact_id in seen else 0
            found[row.contact_id] = Standing(WITH_COUNSELLOR, name=name, staff_saw=saw)
        return found

    def had_any(self, contact_ids: Collection[str]) -> set[str]:
        """Those of the contacts that have ever waited for somebody: a page of theirs may still say so."""
        with self._database.reading() as connection:
            return handoff_rows.contacts_among(connection, contact_ids)

    def here(self, contact_ids: Collection[str]) -> None:
        """These have a stream open now; kept of those who wait or talk."""
        with self._database.writing() as connection:
            live = {row.contact_id for row in (*handoff_rows.waiting(connection), *handoff_rows.held(connection))}
            sight_rows.here(connection, live.intersection(contact_ids), self._setting.now())

    def is_with_staff(self, contact_id: str) -> bool:
        """Whether a counsellor has the person's conversation."""
        with self._database.reading() as connection:
            row = handoff_rows.live_of(connection, contact_id)
            return row is not None and row.state == WITH_COUNSELLOR

    def contact_of(self, handoff_id: str, staff: str) -> str | None:
        """Whose conversation it is that this counsellor has; None when they do not have it."""
        with self._database.reading() as connection:
            row = handoff_rows.find(connection, handoff_id)
        return row.contact_id if row and row.state == WITH_COUNSELLOR and row.staff == staff else None

    def person_saw(self, contact_id: str, event: int) -> bool:
        """The person had all events up to this one before them; whether that is news to the counsellor."""
        with self._database.writing() as connection:
            row, seen = handoff_rows.live_of(connection, contact_id), _seen(connection, contact_id)
            if row is None or row.state != WITH_COUNSELLOR or seen is None:
                return False
            last = message_rows.last_event_by(connection, contact_id, COUNSELLOR, event)
            if last <= seen.person_saw:
                return False
            sight_rows.person_saw(connection, contact_id, last, self._setting.now())
            return True

    def staff_saw(self, handoff_id: str, staff: str, event: int) -> tuple[str, int] | None:
        """The counsellor had all events up to this one before them: whose contact may be told, and up to which event
        by the person. None when that is no news, or the conversation is not theirs."""
        with self._database.writing() as connection:
            row = handoff_rows.find(connection, handoff_id)
            seen = _seen(connection, row.contact_id) if row else None
            if row is None or seen is None or row.state != WITH_COUNSELLOR or row.staff != staff:
                return None
            last = message_rows.last_event_by(connection, row.contact_id, VISITOR, event)
            if last <= seen.staff_saw:
                return None
            sight_rows.staff_saw(connection, row.contact_id, last, self._setting.now())
            return row.contact_id, last

    def sights(self, contact_ids: Collection[str]) -> dict[str, Sight]:
        """How these people are seen; those who are erased are left out."""
        with self._database.reading() as connection:
            rows = sight_rows.of(connection, contact_ids) if contact_ids else {}
        now = self._setting.now()
        return {contact_id: sight_of(row, now) for contact_id, row in rows.items()}

    def overview(self) -> Overview:
        """What every page of the desk may want to know, in five short questions however many wait and talk."""
        with self._database.reading() as connection:
            waiting = handoff_rows.waiting(connection)
            held = talk_rows.held(connection)
            present = presence_rows.present(connection)
            people = [row.contact_id for row in waiting] + [row.contact_id for row in held]
            seen = sight_rows.of(connection, people) if people else {}
            last_change = talk_rows.last_change(connection)
        now = self._setting.now()
        every, theirs = (defaultdict[str, list[tuple[str, int]]](list) for _ in range(2))
        for row in held:
            every[row.staff].append((row.handoff_id, row.event))
            if row.role == VISITOR:
                theirs[row.staff].append((row.handoff_id, row.event))
        here = "".join("1" if sight_of(seen[one], now).is_here else "0" for one in people if one in seen)
        kept_for = ((row, row.meant_for if row.meant_until and row.meant_until > now else None) for row in waiting)
        waits = tuple((row.id, staff) for row, staff in kept_for)
        return Overview(waits, dict(theirs), frozenset(present), here, dict(every), last_change)

    def stamp(self, contact_id: str) -> str:
        """Changes when one of a person's signs does."""
        sight = self.sights((contact_id,)).get(contact_id)
        return f"{sight.is_here}/{sight.saw}" if sight else ""


def sight_of(row: SightRow, now: datetime) -> Sight:
    """A row as the desk sees it."""
    if row.channel != WEB:
        return Sight(None, None, row.person_saw, row.person_saw_at)
    last = last_sign(row)
    is_here = now - last < HERE_FOR
    return Sight(is_here, None if is_here else last, row.person_saw, row.person_saw_at)


def last_sign(row: SightRow) -> datetime:
    """When the person was last known to be there."""
    return max(row.wrote_at, row.here_at or row.wrote_at)


def _seen(connection: Connection, contact_id: str) -> SightRow | None:
    return sight_rows.of(connection, (contact_id,)).get(contact_id)
