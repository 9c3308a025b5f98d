"""A talk is passed on to a colleague: for whom it is kept, for how long, and who could take it.

Every function runs in the caller's transaction.
"""

from __future__ import annotations

from datetime import datetime

from bot.services.handoff.records import Colleague, Kept
from bot.services.handoff.routing import theme_distance
from bot.services.handoff.setting import AWAY_AFTER
from bot.store import handoff_rows, note_rows, presence_rows
from bot.store.database import Connection
from bot.store.handoff_rows import HandoffRow
from bot.store.presence_rows import PresenceRow


def kept(connection: Connection, row: HandoffRow, now: datetime) -> Kept | None:
    """For whom a talk that waits is kept; None once they have left or had their time, and everybody may take it."""
    if row.meant_for is None or row.meant_until is None or row.meant_until <= now:
        return None
    colleague = _there(connection, now).get(row.meant_for)
    if colleague is None:
        return None
    giver = presence_rows.find(connection, row.passed_by or "")
    note = note_rows.last_for(connection, row.id, row.meant_for)
    return Kept(
        staff=row.meant_for,
        name=colleague.name,
        until=row.meant_until,
        passed_by=giver.name if giver else row.passed_by or "",
        note=note.text if note else "",
    )


def may_take(row: HandoffRow, held_back: Kept | None, staff: str) -> bool:
    """Whether somebody may claim it now: the colleague, whoever passed it on and wants it back, else nobody as long
    as it is kept."""
    return held_back is None or staff in (held_back.staff, row.passed_by)


def is_there(connection: Connection, staff: str, now: datetime) -> bool:
    """Whether a colleague is there to take something."""
    return staff in _there(connection, now)


def colleagues(connection: Connection, row: HandoffRow, staff: str, now: datetime) -> list[Colleague]:
    """Who else is there: first who speaks the language, then who knows the theme, then who has fewest talks."""
    talks: dict[str | None, int] = {}
    for held in handoff_rows.held(connection):
        talks[held.staff] = talks.get(held.staff, 0) + 1
    others = [one for name, one in _there(connection, now).items() if name != staff]
    others.sort(
        key=lambda one: (
            row.language not in one.languages,
            theme_distance(frozenset(one.themes), row.theme),
            talks.get(one.staff, 0),
            one.idle_since,
        )
    )
    return [
        Colleague(one.staff, one.name, tuple(one.languages), row.language in one.languages, talks.get(one.staff, 0))
        for one in others
    ]


def _there(connection: Connection, now: datetime) -> dict[str, PresenceRow]:
    return {row.staff: row for row in presence_rows.present_since(connection, now - AWAY_AFTER)}
